export { plugin } from "./plugin.ts";
export { acme, type Options } from "./provider.ts";
