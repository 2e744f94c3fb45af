// Whether this is a laptop: wide, and with a pointer that hits a letter.
import {useEffect, useState} from "../lib/html.js";

const LAPTOP = "(min-width: 64rem) and (hover: hover) and (pointer: fine)";

/** Whether it is one now: windows change their width. */
export function useLaptop() {
  const [is, setIs] = useState(() => matchMedia(LAPTOP).matches);
  useEffect(() => {
    const query = matchMedia(LAPTOP);
    const look = () => setIs(query.matches);
    look();
    query.addEventListener("change", look);
    return () => query.removeEventListener("change", look);
  }, []);
  return is;
}
