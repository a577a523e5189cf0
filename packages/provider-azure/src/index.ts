export { azure } from "./plugin.ts";
export type { AuthMethod, AuthOptions, AzureOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
