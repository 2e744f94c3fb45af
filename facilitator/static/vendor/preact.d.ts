// Types of preact.js, for the checker only; browsers never ask for this file.
export {h, render, createContext, Fragment, Component, createRef} from "preact";
export type {ComponentChildren, RefObject, VNode} from "preact";
export {
  useState, useReducer, useEffect, useLayoutEffect, useMemo, useCallback, useRef, useContext,
  useId, useErrorBoundary,
} from "preact/hooks";
export {html} from "htm/preact";
