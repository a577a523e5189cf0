export { onePassword } from "./plugin.ts";
export type { AuthMethod, AuthOptions, OnePasswordOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
