// Links, to be copied.
import {copyButtons} from "./parts/copying.js";

copyButtons(document.body);
