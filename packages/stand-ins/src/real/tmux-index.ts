export { findTmux } from "./find-tmux.ts";
