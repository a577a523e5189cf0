export { aws } from "./aws.ts";
export type { AuthOptions, AwsOptions, RoleOptions } from "./options.ts";
export { plugin } from "./plugin.ts";
