// The room, for who reads along: observers and rapporteurs.
import {Reader} from "./parts/reader.js";
import {openRoom} from "./parts/open.js";

openRoom(Reader);
