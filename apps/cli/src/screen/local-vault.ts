import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Vault } from "@vaultlink/core";
import type { CliContext } from "../context.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { vaultOptions } from "../vault/options.ts";
import type { WindowVault } from "./vault.ts";

/** What core tells of. Never a value. */
const CHANNELS = ["state", "open", "read", "cache", "retry"] as const;

/**
 * A vault in this process, for where there is no agent. Commands get views of it, so that they share its sessions and its
 * cache.
 */
export class LocalWindowVault implements WindowVault {
  readonly context: CliContext;
  readonly #owner: Vault;
  #view: Vault;

  constructor(context: CliContext, configuration: Configuration) {
    const { connections, links, cache = {} } = vaultOptions(context, configuration);
    this.#owner = context.createVault({ connections: {}, env: context.env, cache });
    this.#view = this.#owner.view({ connections, ...(links && { links }) });
    const view: CliContext["createVault"] = (options) =>
      this.#owner.view({ connections: options.connections, ...(options.links && { links: options.links }) });
    this.context = { ...context, createVault: view };
  }

  async status(): Promise<ReturnType<Vault["status"]>> {
    return this.#view.status();
  }

  readonly getMany: WindowVault["getMany"] = (names, options) => this.#view.getMany(names, options);

  readonly list: WindowVault["list"] = (connection, prefix, signal) =>
    this.#view.list(connection, { prefix }, { signal });

  readonly reset: WindowVault["reset"] = async (scope) => this.#view.reset(scope);

  /** Sessions and values of what is still there go on: the new view is there before the old one ends. */
  async reload(): Promise<void> {
    const configuration = await loadConfiguration(this.context);
    const { connections, links, cache } = vaultOptions(this.context, configuration);
    const before = this.#view;
    this.#view = this.#owner.view({ connections, ...(links && { links }) });
    if (cache?.ttl !== undefined) this.#owner.setTtl(cache.ttl);
    await before.close();
  }

  follow(changed: () => void, signal: AbortSignal): void {
    for (const channel of CHANNELS) subscribe(`vaultlink:${channel}`, changed);
    const end = (): void => {
      for (const channel of CHANNELS) unsubscribe(`vaultlink:${channel}`, changed);
    };
    signal.addEventListener("abort", end, { once: true });
  }

  async close(): Promise<void> {
    await this.#owner.close();
  }
}
