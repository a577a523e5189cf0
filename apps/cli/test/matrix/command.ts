import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { agentPlace } from "@vaultlink/agent";
import { type Agent, startAgent, VaultOperations } from "@vaultlink/agent/server";
import { createVault, SecretError } from "@vaultlink/core";
import { manualClock } from "@vaultlink/testkit";
import { CANARY } from "@vaultlink/stand-ins";
import { openAgent } from "../../src/agent/open.ts";
import { defineForAgent, loadForAgent } from "../../src/agent/source.ts";
import { PROGRAM_VARIABLES } from "../../src/agent/variables.ts";
import { cli } from "../../src/cli.ts";
import type { CliContext, TerminalPrompter } from "../../src/context.ts";
import type { PolicyPlace } from "../../src/policy/place.ts";
import { PROVIDERS } from "../../src/providers.ts";
import type { Backend } from "./backend.ts";
import { type Folders, makeFolders } from "./folders.ts";
import type { Face, Outcome, User } from "./user.ts";

/** Somebody at a shell, whose commands go through an agent. */
export const COMMAND: Face = {
  name: "command",
  async start(backend, { team } = { team: false }) {
    const user = new CommandUser(backend, await makeFolders(team ? backend : undefined));
    await user.startAgent();
    return user;
  },
};

/** What a command printed, and its status. */
interface Ran {
  readonly code: number;
  readonly json: Readonly<Record<string, unknown>>;
}

class CommandUser implements User {
  readonly clock = manualClock({ epochMs: Date.now() });
  readonly asked: string[] = [];
  isPresent = false;
  readonly #backend: Backend;
  readonly #folders: Folders;
  readonly #env: Record<string, string | undefined>;
  #agent: Agent | undefined;

  constructor(backend: Backend, folders: Folders) {
    this.#backend = backend;
    this.#folders = folders;
    this.#env = { ...backend.place, VAULTLINK_AGENT: "on", XDG_RUNTIME_DIR: folders.runtime };
  }

  get #policy(): PolicyPlace {
    return { file: this.#folders.policy, owner: process.getuid?.(), userName: undefined };
  }

  /** Its vaults have the test's clock; the agent's own life has the machine's. */
  async startAgent(): Promise<void> {
    const own = {
      ...{ platform: process.platform, uid: process.getuid?.(), providers: PROVIDERS },
      ...{ env: this.#env, policy: this.#policy },
    };
    const operations = new VaultOperations(
      {
        programVariables: PROGRAM_VARIABLES,
        load: (told) => loadForAgent(told, own),
        define: async (connection, proposal, told) => defineForAgent(connection, proposal, { told, own }),
      },
      this.clock,
    );
    const { home } = this.#folders;
    const place = agentPlace({ env: this.#env, platform: process.platform, home, uid: own.uid });
    this.#agent = await startAgent({ place, operations, version: "0.0.0", onEnd: () => {} });
  }

  setEnvCredentials(variables: Readonly<Record<string, string | undefined>>): void {
    for (const name of Object.keys(this.#backend.envCredentials())) delete this.#env[name];
    Object.assign(this.#env, variables);
  }

  connect(): Promise<Outcome> {
    const { connection, flags, provider } = this.#backend;
    return this.#do("connect", provider, connection, ...flags);
  }

  reauthenticate(): Promise<Outcome> {
    return this.#do("reauth", this.#backend.connection);
  }

  link(name: string, reference: string): Promise<Outcome> {
    return this.#do("link", name, reference);
  }

  relink(name: string, reference: string): Promise<Outcome> {
    return this.#do("relink", name, reference);
  }

  /** Ctrl-C at the question for the new reference. */
  async cancelRelink(name: string): Promise<Outcome> {
    this.isPresent = true;
    const outcome = await this.#do("relink", name);
    this.isPresent = false;
    return outcome;
  }

  get(name: string, { refresh = false }: { readonly refresh?: boolean } = {}): Promise<Outcome> {
    return this.#do("get", name, ...(refresh ? ["--refresh"] : []));
  }

  reset(): Promise<Outcome> {
    return this.#do("cache", "reset");
  }

  setTtl(minutes: string): Promise<Outcome> {
    return this.#do("cache", "ttl", "--", minutes);
  }

  async ttl(): Promise<number> {
    return Number((await this.#run("cache", "ttl")).json["ttl"]);
  }

  async entries(): Promise<number> {
    return Number((await this.#run("cache", "status")).json["entries"]);
  }

  async states(): ReturnType<User["states"]> {
    const { connections, links } = (await this.#run("status")).json as {
      readonly connections: readonly { readonly state: string }[];
      readonly links: readonly { readonly name: string; readonly state: string; readonly reason?: string }[];
    };
    return {
      connection: connections[0]?.state,
      links: Object.fromEntries(links.map(({ name, reason, state }) => [name, reason ?? state])),
    };
  }

  disconnect(door?: { readonly link: string }): Promise<Outcome> {
    const which = door === undefined ? [this.#backend.connection] : ["--link", door.link];
    return this.#do("disconnect", ...which, "--yes");
  }

  logout(): Promise<Outcome> {
    return this.#do("logout", this.#backend.connection);
  }

  async reopen(): Promise<void> {
    this.#agent?.wipe();
    await this.startAgent();
  }

  async kept(): Promise<string> {
    const { config, cwd, policy } = this.#folders;
    const files = [policy, join(config, "config.json"), join(cwd, "vaultlink.json")];
    return (await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")))).join("\n");
  }

  async end(): Promise<void> {
    this.#agent?.wipe();
    if ((await this.kept()).includes(CANARY)) throw new Error("A secret reached a file.");
  }

  async #do(...argv: readonly string[]): Promise<Outcome> {
    const { code, json } = await this.#run(...argv);
    if (code === 0) return typeof json["value"] === "string" ? { value: json["value"] } : {};
    const { code: name, reason } = json["error"] as { readonly code: string; readonly reason?: string };
    return { code: name, ...(reason !== undefined && { reason }) };
  }

  /** Runs one command in this process, as a shell would in another. */
  async #run(...argv: readonly string[]): Promise<Ran> {
    const at = argv.indexOf("--");
    const asked = at < 0 ? [...argv, "--json"] : [...argv.slice(0, at), "--json", ...argv.slice(at)];
    let output = "";
    let complaint = "";
    const ended = await cli(asked, this.#context(), {
      out: async (bytes) => void (output += Buffer.from(bytes).toString()),
      err: async (text) => void (complaint += text),
      errorIsTerminal: false,
    });
    if (complaint.includes(CANARY)) throw new Error("A secret reached standard error.");
    return { code: ended.code, json: JSON.parse(output) as Ran["json"] };
  }

  #context(): CliContext {
    const { cwd, home } = this.#folders;
    const context: CliContext = {
      ...{ home, cwd, createVault, providers: PROVIDERS, clock: this.clock },
      env: { ...this.#env },
      platform: process.platform,
      uid: process.getuid?.(),
      policy: this.#policy,
      openAgent: (configuration, options) => openAgent(context, configuration, options),
      signal: new AbortController().signal,
      interrupted: () => undefined,
      prompter: this.isPresent ? this.#person() : undefined,
      outputIsTerminal: false,
      errorIsTerminal: false,
      notice: () => {},
      readInput: async () => new Uint8Array(),
      startChild: async () => ({ code: 0 }),
    };
    return context;
  }

  /** The person: they know their credentials, agree to everything, and edit nothing. */
  #person(): TerminalPrompter {
    return {
      ask: async ({ label: full }) => {
        const label = full.replace(`${this.#backend.connection}: `, "");
        this.asked.push(label);
        return this.#backend.answer(label);
      },
      edit: cancel,
      // A menu of ways to sign in: they know a credential to type.
      choose: async (_label, choices) =>
        (choices.find(({ label }) => TYPED.test(label)) ?? choices[0] ?? (await cancel())).value,
      pick: cancel,
      pickSeveral: cancel,
      confirm: async () => true,
      open: async () => {},
      show: () => {},
    };
  }
}

/** Ways to sign in for which a credential is typed. */
const TYPED = /token|key|secret|connect/i;
const cancel = (): Promise<never> => Promise.reject(new SecretError("aborted", "Cancelled; nothing was changed."));
