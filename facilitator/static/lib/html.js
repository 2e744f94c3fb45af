// What a part is made with. The home of Preact: nothing else imports it.

export {
  html, render, h, Fragment, createContext, createRef,
  useState, useReducer, useEffect, useLayoutEffect, useMemo, useCallback, useRef, useContext, useId,
  useErrorBoundary,
} from "../vendor/preact.js";
