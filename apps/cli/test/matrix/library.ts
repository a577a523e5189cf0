import { createVault, isSecretError, type LinkDefinition, type Vault } from "@vaultlink/core";
import { manualClock } from "@vaultlink/testkit";
import { loadPlugin, PROVIDERS } from "../../src/providers.ts";
import { ADMIN, type Backend } from "./backend.ts";
import type { Face, Outcome, User } from "./user.ts";

/** A program that uses the library. */
export const LIBRARY: Face = {
  name: "library",
  async start(backend, { team } = { team: false }) {
    return new LibraryUser(backend, team ? [ADMIN] : undefined);
  },
};

class LibraryUser implements User {
  readonly clock = manualClock({ epochMs: Date.now() });
  readonly asked: string[] = [];
  isPresent = false;
  readonly #backend: Backend;
  readonly #env: Record<string, string | undefined>;
  readonly #links: Record<string, LinkDefinition> = {};
  readonly #admins: readonly string[] | undefined;
  #vault: Vault;

  constructor(backend: Backend, admins: readonly string[] | undefined) {
    this.#backend = backend;
    this.#admins = admins;
    this.#env = { ...backend.place };
    this.#vault = this.#open();
  }

  setEnvCredentials(variables: Readonly<Record<string, string | undefined>>): void {
    for (const name of Object.keys(this.#backend.envCredentials())) delete this.#env[name];
    Object.assign(this.#env, variables);
  }

  connect(): Promise<Outcome> {
    return this.reauthenticate();
  }

  reauthenticate(): Promise<Outcome> {
    const prompter = {
      ask: async ({ label }: { readonly label: string }) => {
        this.asked.push(label);
        return this.#backend.answer(label);
      },
      open: async () => {},
      show: () => {},
    };
    return outcomeOf(() =>
      this.#vault.reauthenticate(this.#backend.connection, this.isPresent ? { prompter } : {}).then(() => undefined),
    );
  }

  link(name: string, reference: string): Promise<Outcome> {
    return outcomeOf(async () => {
      this.#vault.link(name, reference);
      this.#links[name] = reference;
    });
  }

  relink(name: string, reference: string): Promise<Outcome> {
    return outcomeOf(async () => {
      await this.#vault.relink(name, reference);
      this.#links[name] = reference;
    });
  }

  cancelRelink(name: string, reference: string): Promise<Outcome> {
    return outcomeOf(() => this.#vault.relink(name, reference, { signal: AbortSignal.abort() }));
  }

  get(name: string, options: { readonly refresh?: boolean } = {}): Promise<Outcome> {
    return outcomeOf(async () => (await this.#vault.get(name, options)).reveal());
  }

  reset(): Promise<Outcome> {
    return outcomeOf(async () => void this.#vault.reset());
  }

  setTtl(minutes: string): Promise<Outcome> {
    return outcomeOf(async () => this.#vault.setTtl(/^\d+$/.test(minutes) ? Number(minutes) : minutes));
  }

  async ttl(): Promise<number> {
    return this.#vault.status().cache.ttl;
  }

  async entries(): Promise<number> {
    return this.#vault.status().cache.entries;
  }

  async states(): ReturnType<User["states"]> {
    const { connections, links } = this.#vault.status();
    return {
      connection: connections[0]?.state,
      links: Object.fromEntries(links.map(({ name, reason, state }) => [name, reason ?? state])),
    };
  }

  disconnect(door?: { readonly link: string }): Promise<Outcome> {
    return outcomeOf(async () => {
      const { connection } = this.#backend;
      const name = door === undefined ? connection : await this.#vault.connectionOf(door.link);
      await this.#vault.disconnect(name);
    });
  }

  logout(): Promise<Outcome> {
    return outcomeOf(async () => void (await this.#vault.logout(this.#backend.connection)));
  }

  async reopen(): Promise<void> {
    await this.#vault.close();
    this.#vault = this.#open();
  }

  async kept(): Promise<string> {
    return JSON.stringify(this.#links);
  }

  end(): Promise<void> {
    return this.#vault.close();
  }

  #open(): Vault {
    const { connection, options, provider } = this.#backend;
    const load = () => loadPlugin(PROVIDERS, provider);
    return createVault({
      connections: { [connection]: { provider, options, load, ...(this.#admins && { admins: this.#admins }) } },
      links: { ...this.#links },
      env: this.#env,
      clock: this.clock,
    });
  }
}

async function outcomeOf(work: () => Promise<string | undefined | void>): Promise<Outcome> {
  try {
    const value = await work();
    return value === undefined ? {} : { value };
  } catch (error) {
    if (!isSecretError(error)) throw error;
    const { reason } = error.details;
    return { code: error.code, ...(reason !== undefined && { reason }) };
  }
}
