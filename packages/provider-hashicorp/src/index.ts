export { hashicorp } from "./hashicorp.ts";
export type { AuthMethod, AuthOptions } from "./auth-options.ts";
export type { HashicorpOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
