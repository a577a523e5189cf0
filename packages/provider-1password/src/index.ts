export { onePassword } from "./onepassword.ts";
export type { AuthOptions, OnePasswordOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
