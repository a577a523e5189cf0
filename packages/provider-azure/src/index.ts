export { azure } from "./azure.ts";
export type { AuthMethod, AuthOptions, AzureOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
