export { hashicorp } from "./hashicorp.ts";
export type { AuthOptions, HashicorpOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
