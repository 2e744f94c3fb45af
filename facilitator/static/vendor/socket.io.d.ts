// Types of socket.io.js, for the checker only; browsers never ask for this file.
export {io} from "socket.io-client";
export type {Socket} from "socket.io-client";
