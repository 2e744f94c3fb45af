// The room, for who takes part in it.
import {Room} from "./parts/hall.js";
import {openRoom} from "./parts/open.js";

openRoom(Room);
