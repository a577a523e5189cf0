import type { Vault, VaultOptions, ViewOptions } from "@vaultlink/core";
import { followDiagnostics } from "@vaultlink/core/internal";
import type { CliContext } from "../context.ts";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import { auditedOptions } from "../vault/audited.ts";
import type { WindowVault } from "./vault.ts";

/**
 * A vault in this process, for where there is no agent. Commands get views of it, so that they share its sessions and its
 * cache.
 */
export class LocalWindowVault implements WindowVault {
  readonly context: CliContext;
  readonly #owner: Vault;
  #view: Vault;

  private constructor(context: CliContext, options: VaultOptions) {
    this.#owner = context.createVault({ connections: {}, env: context.env, cache: options.cache ?? {} });
    this.#view = this.#owner.view(viewOptions(options));
    const view: CliContext["createVault"] = (its) => this.#owner.view(viewOptions(its));
    this.context = { ...context, createVault: view };
  }

  /** A vault of the configuration. */
  static async open(context: CliContext, configuration: Configuration): Promise<LocalWindowVault> {
    return new LocalWindowVault(context, await auditedOptions(context, configuration));
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
    const options = await auditedOptions(this.context, configuration);
    const before = this.#view;
    this.#view = this.#owner.view(viewOptions(options));
    const ttl = options.cache?.ttl;
    if (ttl !== undefined) this.#owner.setTtl(ttl);
    await before.close();
  }

  follow(changed: () => void, signal: AbortSignal): void {
    const unfollow = followDiagnostics(changed);
    signal.addEventListener("abort", unfollow, { once: true });
  }

  async close(): Promise<void> {
    await this.#owner.close();
  }
}

/** Of a vault's options those that a view has of its own. */
function viewOptions({ connections, links, onAccess }: VaultOptions): ViewOptions {
  return { connections, ...(links && { links }), ...(onAccess && { onAccess }) };
}
