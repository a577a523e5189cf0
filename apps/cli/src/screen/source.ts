import { basename, dirname, join } from "node:path";
import { SecretError, type SecretValue } from "@vaultlink/core";
import type { Detail, Entry, Overview, ScreenPrompter, ScreenSource, Verified } from "@vaultlink/screen";
import { type Configuration, loadConfiguration } from "../config/load.ts";
import type { CliContext, TerminalPrompter } from "../context.ts";
import { disclose } from "../output/disclose.ts";
import { describeConnection } from "../vault/describe-connection.ts";
import { displayNameOf } from "../vault/display-name.ts";
import { refuseDomains, referenceOf } from "../vault/resolve.ts";
import { explainTrust, withTrust } from "../vault/trust.ts";
import { foreignNotice } from "../vault/with-vault.ts";
import { followFiles } from "./files.ts";
import { problemOf } from "./problem.ts";
import { connectionRow, linkRow } from "./rows.ts";
import type { WindowVault } from "./vault.ts";
import { labelOf } from "../third-party/source.ts";

/**
 * The window's view of the configuration and the vault: it does what the commands do, by the commands. Each loads when it is
 * first used, so that the window is there before them.
 */
export class CommandSource implements ScreenSource {
  readonly #vault: WindowVault;

  constructor(vault: WindowVault) {
    this.#vault = vault;
  }

  async overview(): Promise<Overview> {
    const { context } = this.#vault;
    const configuration = await loadConfiguration(context);
    const status = await this.#vault.status();
    const { user, project, untrusted, connections } = configuration;
    const isConnection = (name: string): boolean => connections.has(name) || untrusted.has(name);
    const waiting = [...untrusted].map(([name, { provider }]) => ({
      ...({ name, provider: labelOf(provider), mood: "bad", state: "untrusted", hint: "vaultlink trust" } as const),
    }));
    const rows = status.connections.map(async (one) => {
      const displayName = await displayNameOf(context, configuration, one);
      return connectionRow(describeConnection(one, configuration, { displayName }), one.expiresAt);
    });
    return {
      connections: [...(await Promise.all(rows)), ...waiting],
      links: status.links.map((one) => linkRow(withTrust(one, configuration, context.providers), isConnection)),
      ttl: status.cache.ttl,
      place: shortly(project?.file ?? user.file),
      notices: foreignNotice(configuration),
    };
  }

  follow(changed: () => void, signal: AbortSignal): void {
    this.#vault.follow(changed, signal);
    void loadConfiguration(this.#vault.context).then(
      ({ user, project }) => {
        const reload = (): void => void this.#vault.reload().then(changed, changed);
        followFiles([user.file, ...(project === undefined ? [] : [project.file])], reload, signal);
      },
      () => undefined,
    );
  }

  async details(name: string): Promise<readonly Detail[]> {
    const { explainName } = await import("../commands/explain/explain.ts");
    const { factsOf } = await import("../commands/explain/lines.ts");
    const { explained } = await explainName(this.#quiet(), name, { check: false });
    const told = factsOf(explained).map(([label, text]) => ({ label, text }));
    return explained.hint === undefined ? told : [...told, { label: "try", text: explained.hint }];
  }

  async value(name: string, signal: AbortSignal): Promise<string> {
    const configuration = await loadConfiguration(this.#vault.context);
    refuseDomains(name, configuration);
    return disclose(await this.#read(name, configuration, { signal }));
  }

  async entries(connection: string, prefix: string, signal: AbortSignal): Promise<readonly Entry[]> {
    const { listEntries } = await import("./list-entries.ts");
    return listEntries(this.#vault.list(connection, prefix, signal), connection, prefix);
  }

  async fields(reference: string, signal: AbortSignal): Promise<readonly Entry[]> {
    const { fieldNames } = await import("../find/field-names.ts");
    const { fieldEntries } = await import("./list-entries.ts");
    return fieldEntries(reference, await fieldNames(this.#vault, reference, signal));
  }

  async verify(reference: string, signal: AbortSignal): Promise<Verified> {
    const { checkReference } = await import("../vault/check-reference.ts");
    const { context } = this.#vault;
    const configuration = await loadConfiguration(context);
    await checkReference(context, configuration, reference);
    const { provenance } = await this.#read(reference, configuration, { signal, refresh: true });
    return { ...(provenance.version !== undefined && { version: provenance.version }) };
  }

  async link(name: string, reference: string): Promise<void> {
    const { link } = await import("../commands/link.ts");
    await link(this.#quiet(), name, reference);
    await this.#vault.reload();
  }

  async relink(name: string, reference: string): Promise<void> {
    const { relink } = await import("../commands/relink.ts");
    await relink(this.#quiet(), name, reference, { verify: false });
    await this.#vault.reload();
  }

  async unlink(name: string): Promise<void> {
    const { unlink } = await import("../commands/unlink.ts");
    await unlink(this.#quiet(), name);
    await this.#vault.reload();
  }

  reset(scope?: Parameters<ScreenSource["reset"]>[0]): Promise<number> {
    return this.#vault.reset(scope);
  }

  async setTtl(text: string): Promise<number> {
    const { cacheTtl } = await import("../commands/cache.ts");
    const { json } = await cacheTtl(this.#quiet(), text);
    await this.#vault.reload();
    return Number(json["ttl"]);
  }

  async signIn(
    connection: string,
    prompter: ScreenPrompter,
    signal: AbortSignal,
  ): Promise<{ readonly identity?: string }> {
    const { context } = this.#vault;
    const all = AbortSignal.any([context.signal, signal]);
    const { reauth } = await import("../commands/reauth.ts");
    const { json } = await reauth(
      { ...this.#quiet(), prompter: asTerminal(prompter), signal: all },
      connection,
      () => ({}),
    );
    await this.#vault.reload();
    const [signedIn] = json["connections"] as readonly { readonly displayName: string | null }[];
    const identity = signedIn?.displayName ?? undefined;
    return { ...(identity !== undefined && { identity }) };
  }

  async disconnect(connection: string): Promise<{ readonly dropped: number; readonly remote: string }> {
    const { disconnect } = await import("../commands/disconnect/disconnect.ts");
    const { REMOTE, until } = await import("../output/ended.ts");
    const { json } = await disconnect(this.#quiet(), connection, { yes: true });
    await this.#vault.reload();
    const ended = json as unknown as Parameters<typeof until>[0];
    return { dropped: ended.dropped, remote: REMOTE[ended.remote] + until(ended) };
  }

  describe(thrown: unknown): ReturnType<ScreenSource["describe"]> {
    return problemOf(thrown);
  }

  async #read(
    given: string,
    configuration: Configuration,
    options: { readonly signal: AbortSignal; readonly refresh?: boolean },
  ): Promise<SecretValue> {
    const [outcome] = await this.#vault.getMany([given], options);
    if (outcome?.status === "fulfilled") return outcome.value;
    throw explainTrust(outcome?.reason, referenceOf(given, configuration), configuration);
  }

  /** The commands' context without a terminal: that is the window's. */
  #quiet(): CliContext {
    return { ...this.#vault.context, prompter: undefined, progress: undefined, notice: () => {} };
  }
}

/** A file by its own name and its folder's: there is one line for everything. */
const shortly = (file: string): string => join(basename(dirname(file)), basename(file));

/** The person at the window, as commands know one at a terminal. */
function asTerminal(prompter: ScreenPrompter): TerminalPrompter {
  const cannot = (): never => {
    throw new SecretError("aborted", "The window asks for credentials only.");
  };
  return {
    ask: (question) => prompter.ask(question),
    open: (url) => prompter.open(url),
    show: (text) => prompter.show(text),
    edit: cannot,
    confirm: cannot,
    choose: cannot,
    pick: cannot,
    pickSeveral: cannot,
  };
}
