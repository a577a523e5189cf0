import { type ConnectionDefinition, type Plugin, SecretError } from "@vaultlink/core";
import { defineOptions, definePlugin, defineProvider } from "@vaultlink/core/provider";
import type { ModelClock } from "./model-clock.ts";
import type { ConnectionName } from "./commands.ts";

/** Whom a token is of. A person always types that of cyd. */
export type Identity = "ada" | "ben" | "cyd";

interface Options {
  readonly url: string;
}

/** What the vaults were asked since `take`. */
export interface Asked {
  /** `<connection> <identity>` of each login that succeeded. */
  readonly logins: string[];
  /** `<document> <identity>` of each read that succeeded. */
  readonly reads: string[];
}

/** The vaults behind two connections, in which each identity sees values of its own. */
export class Remote {
  /** Reads wait for it, so that several can be under way. */
  gate: Promise<void> | undefined;
  /** Agents so far: what an earlier one does goes on nowhere. */
  agents = 0;
  #asked: Asked = { logins: [], reads: [] };
  readonly #clock: ModelClock;
  readonly #lifeMs: number;
  readonly #versions = new Map<string, number>();
  readonly #tokens = new Map<string, number>();
  /** Sessions opened before are refused. */
  readonly #lapsed = new Map<string, number>();
  #sessions = 0;

  constructor(clock: ModelClock, lifeMs: number) {
    this.#clock = clock;
    this.#lifeMs = lifeMs;
  }

  /** What was asked since the last call. */
  take(): Asked {
    const asked = this.#asked;
    this.#asked = { logins: [], reads: [] };
    return asked;
  }

  tokenOf(identity: Identity): string {
    return `vlcanary-${identity}-${this.#tokens.get(identity) ?? 0}`;
  }

  /** Makes another token; the one before is refused from now on. */
  rotateToken(identity: Identity): void {
    this.#tokens.set(identity, (this.#tokens.get(identity) ?? 0) + 1);
  }

  rotate(document: string): void {
    this.#versions.set(document, this.versionOf(document) + 1);
  }

  versionOf(document: string): number {
    return this.#versions.get(document) ?? 1;
  }

  /** The vault no longer accepts the sessions there are. */
  lapse(connection: ConnectionName): void {
    this.#lapsed.set(connection, this.#sessions);
  }

  textOf(document: string, identity: Identity, version: number = this.versionOf(document)): string {
    return `vlcanary-${document}-${identity}-${version}`;
  }

  definition(connection: ConnectionName): ConnectionDefinition {
    const agent = this.agents;
    return { provider: "model", options: { url: connection }, load: async () => this.#plugin(agent) };
  }

  #plugin(agent: number): Plugin {
    const url = { type: "string", description: "Where." } as const;
    return definePlugin<Options>({
      name: "model",
      title: "Model",
      options: defineOptions<Options>({ url }),
      create: ({ url: connection }) => this.#provider(connection, agent),
    });
  }

  #provider(connection: string, agent: number): ReturnType<typeof defineProvider> {
    return defineProvider({
      name: "model",
      envVariables: ["TOKEN"],
      open: async ({ env, prompter, reauthenticate }) => {
        const mayAsk = prompter !== undefined && (reauthenticate === true || env["TOKEN"] === undefined);
        const token = mayAsk ? await prompter.ask({ label: "Token", secret: true }) : env["TOKEN"];
        const identity = (["ada", "ben", "cyd"] as const).find((one) => this.tokenOf(one) === token);
        if (identity === undefined) throw new SecretError("unauthenticated", "The token is wrong.");
        const serial = ++this.#sessions;
        if (agent === this.agents) this.#asked.logins.push(`${connection} ${identity}`);
        return {
          identity,
          ...(this.#lifeMs > 0 && { expiresAt: this.#clock.epochMs() + this.#lifeMs }),
          read: async ({ path }) => {
            const document = `${connection}://${path}`;
            await this.gate;
            const isOver = serial <= (this.#lapsed.get(connection) ?? 0);
            if (isOver || (identity !== "cyd" && this.tokenOf(identity) !== token)) {
              throw new SecretError("unauthenticated", "The session is over.");
            }
            if (agent === this.agents) this.#asked.reads.push(`${document} ${identity}`);
            return { value: this.textOf(document, identity), version: String(this.versionOf(document)) };
          },
        };
      },
    });
  }
}
