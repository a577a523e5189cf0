/** The window of the command: a table of links and connections, live, in a terminal. */
export { openScreen, type ScreenOptions } from "./open-screen.ts";
export type { ScreenClock } from "./controller.ts";
export type {
  ConnectionRow,
  Detail,
  Ended,
  Entry,
  LinkRow,
  Mood,
  Overview,
  Problem,
  ResetScope,
  ScreenPrompter,
  ScreenSource,
  Verified,
} from "./source.ts";
