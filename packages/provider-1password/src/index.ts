export { onePassword } from "./onepassword.ts";
export type { AuthMethod, AuthOptions, OnePasswordOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
