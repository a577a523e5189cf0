export { hashicorp } from "./plugin.ts";
export type { AuthMethod, AuthOptions } from "./auth-options.ts";
export type { HashicorpOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
