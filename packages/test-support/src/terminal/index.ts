export { type Exit, Terminal, type TerminalOptions } from "./terminal.ts";
