export type { Options } from "./options.ts";
export { plugin } from "./plugin.ts";
export { google } from "./provider.ts";
