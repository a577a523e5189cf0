export { aws } from "./plugin.ts";
export type { AuthOptions, AwsOptions, RoleOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
