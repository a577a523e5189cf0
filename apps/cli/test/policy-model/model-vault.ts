import type { Plugin } from "@vaultlink/core";
import type { ProviderTable } from "../../src/providers.ts";
import { type By, type Kind, KINDS } from "./commands.ts";
import type { CommandUnderTest } from "./copy-of-command.ts";

/** The variable that says who signs in. */
export const TOKEN = "MODEL_TOKEN";

/** A session as the vault knows it. */
export interface ModelSession {
  readonly user: By;
  readonly url: string;
  readonly roles: readonly string[];
  /** Whether the vault takes it no longer. */
  isDead: boolean;
  isClosed: boolean;
}

/** Something that a vault was asked. */
export interface Asked {
  readonly what: "login" | "read";
  readonly user: By;
  readonly url: string;
}

interface Options {
  readonly url: string;
}

/** All vaults there are: whatever was asked of any of them, and by whom. */
export class ModelVaults {
  readonly asked: Asked[] = [];
  readonly sessions: ModelSession[] = [];
  readonly roles: [readonly string[], readonly string[]];
  isDown = false;
  readonly providers: ProviderTable;
  readonly #core: CommandUnderTest["core"];

  constructor(core: CommandUnderTest["core"], roles: [readonly string[], readonly string[]]) {
    this.#core = core;
    this.roles = roles;
    this.providers = Object.fromEntries(
      KINDS.map((kind) => {
        const plugin = this.#plugin(kind);
        return [kind, { package: kind, title: kind, connection: kind, load: async () => ({ plugin }) }];
      }),
    );
  }

  /** The sessions that are open. */
  open(user: By, url?: string): readonly ModelSession[] {
    return this.sessions.filter((one) => one.user === user && !one.isClosed && (url === undefined || one.url === url));
  }

  #plugin(kind: Kind): Plugin {
    const { defineOptions, definePlugin, defineProvider, SecretError } = this.#core;
    const expectUp = (): void => {
      if (this.isDown) throw new SecretError("unavailable", "The vault cannot be reached.");
    };
    return definePlugin<Options>({
      name: kind,
      title: kind,
      options: defineOptions<Options>({ url: { type: "string", description: "Where it is.", required: true } }),
      create: ({ url }) =>
        defineProvider({
          name: kind,
          envVariables: [TOKEN],
          open: async ({ env }) => {
            const user: By = env[TOKEN] === "vlcanary-1" ? 1 : 0;
            this.asked.push({ what: "login", user, url });
            expectUp();
            const session = { user, url, roles: this.roles[user], isDead: false, isClosed: false };
            this.sessions.push(session);
            return {
              identity: `user-${user}`,
              ...(kind === "hashicorp" && { roles: session.roles }),
              read: async ({ path }) => {
                this.asked.push({ what: "read", user, url });
                expectUp();
                if (session.isDead) throw new SecretError("unauthenticated", "The session has ended.");
                return { value: valueOf(url, path) };
              },
              close: async () => {
                session.isClosed = true;
              },
            };
          },
        }),
    });
  }
}

/** What a vault holds at a path. */
export const valueOf = (url: string, path: string): string => `vlcanary-${url}-${path}`;
