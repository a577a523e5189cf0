import type { Plugin } from "./plugin.ts";
import type { Provider } from "./provider.ts";

/** Stamps the contract's version on a provider, so that its author cannot get it wrong. */
export function defineProvider(provider: Omit<Provider, "specVersion">): Provider {
  return { ...provider, specVersion: 1 };
}

/** Stamps the contract's version on a plugin. */
export function definePlugin<Options extends object>(plugin: Omit<Plugin<Options>, "specVersion">): Plugin<Options> {
  return { ...plugin, specVersion: 1 };
}
