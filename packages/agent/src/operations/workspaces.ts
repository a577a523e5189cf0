import { isDeepStrictEqual } from "node:util";
import { type Clock, type ConnectionDefinition, createVault, type SessionCounts, type Vault } from "@vaultlink/core";
import { parseMinutes } from "@vaultlink/core/internal";
import type { Held } from "../server/life.ts";
import type { CommandPlace, Configuration, ConfigurationSource } from "./configuration.ts";
import { auditReaders } from "./reader.ts";
import { stampOf } from "./stamp.ts";

/** Places remembered; that of the one not used for longest is forgotten. */
const MAX_PLACES = 64;
/** How long a proposed connection stays open without being in the configuration, in ms. */
const PROPOSAL_MS = 60_000;
/** Files that change again and again while they are read are taken as they are after so many tries. */
const MAX_LOADS = 5;

/** One place's configuration and its vault. */
export interface Workspace {
  readonly configuration: Configuration;
  /** A view of the vault of its owner. */
  readonly vault: Vault;
}

/** A connection that is open, and that a client is about to write into the configuration. */
export interface Proposed {
  readonly connection: string;
  readonly definition: ConnectionDefinition;
  /** The view that keeps it open. */
  readonly vault: Vault;
  /** The vault it is a view of. */
  readonly owner: Vault;
}

interface Kept extends Workspace {
  readonly place: CommandPlace;
  readonly owner: Vault;
  readonly stamp: Stamp;
  users: number;
  isRetired: boolean;
}

/** What a configuration was read from, as it was then. */
interface Stamp {
  readonly files: string;
  /** What else it depends on. */
  readonly state: string;
}

/** The configurations of all places that commands came from, as their files are now, over one vault per owner. */
export class Workspaces {
  readonly #source: ConfigurationSource;
  readonly #clock: Clock;
  readonly #owners = new Map<string, { readonly vault: Vault; ttl: number | undefined }>();
  /** By place, the least recently used first. */
  readonly #kept = new Map<string, Kept>();
  readonly #proposed = new Set<Proposed>();
  readonly #loading = new Map<string, Promise<Kept>>();

  constructor(source: ConfigurationSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  /** Works with what the files of a place say now. Throws `invalid_config` where they cannot be used. */
  async use<Result>(place: CommandPlace, work: (workspace: Workspace) => Promise<Result>): Promise<Result> {
    const kept = await this.#current(place);
    kept.users++;
    try {
      return await work(kept);
    } finally {
      kept.users--;
      closeUnused(kept);
    }
  }

  /** The vault of an owner, over which a place or a proposal has its view. */
  vaultOf({ owner, cache }: Pick<Configuration, "owner" | "cache">): Vault {
    const { ttl: given = 60, ...others } = cache;
    const key = JSON.stringify([owner, others]);
    const ttl = parseMinutes(given);
    let known = this.#owners.get(key);
    if (known === undefined) {
      const vault = createVault({ connections: {}, env: {}, cache, clock: this.#clock });
      this.#owners.set(key, (known = { vault, ttl }));
    } else if (known.ttl !== ttl) {
      known.vault.setTtl(given);
      known.ttl = ttl;
    }
    return known.vault;
  }

  /** Keeps a proposed connection open until a configuration has it, for a minute at most. */
  keep(proposed: Proposed): void {
    this.#proposed.add(proposed);
    this.#clock.after(PROPOSAL_MS, () => this.#letGo(proposed));
    this.#letGoAdopted();
  }

  /** Where a configuration has what was proposed, that keeps it open from then on, and ends it. */
  #letGoAdopted(): void {
    const kept = [...this.#kept.values()];
    for (const proposed of this.#proposed) {
      const isThere = kept.some(
        ({ configuration, owner }) =>
          owner === proposed.owner &&
          isSameConnection(configuration.connections[proposed.connection], proposed.definition),
      );
      if (isThere) this.#letGo(proposed);
    }
  }

  #letGo(proposed: Proposed): void {
    if (this.#proposed.delete(proposed)) void proposed.vault.close();
  }

  held(): Held {
    const all = [...this.#owners.values()].map(({ vault }) => vault.status());
    const sum = (count: (one: { entries: number } & SessionCounts) => number): number =>
      all.reduce((total, { cache, sessions }) => total + count({ entries: cache.entries, ...sessions }), 0);
    return { entries: sum(({ entries }) => entries), sessionsByPerson: sum(({ byPerson }) => byPerson) };
  }

  /** Two requests of one place read its files once. */
  #current(place: CommandPlace): Promise<Kept> {
    const key = JSON.stringify([place.cwd, place.home, place.env]);
    let loading = this.#loading.get(key);
    if (loading === undefined) {
      loading = this.#look(key, place).finally(() => this.#loading.delete(key));
      this.#loading.set(key, loading);
    }
    return loading;
  }

  async #look(key: string, place: CommandPlace): Promise<Kept> {
    const before = this.#kept.get(key);
    if (before !== undefined && isSame(await stampNow(before.configuration), before.stamp)) {
      this.#kept.delete(key);
      this.#kept.set(key, before);
      return before;
    }
    const { configuration, stamp } = await this.#load(place, before?.configuration);
    const { auditFile, connections, links } = configuration;
    const onAccess = auditFile === undefined ? {} : { onAccess: auditReaders(auditFile) };
    const owner = this.vaultOf(configuration);
    const vault = owner.view({ connections, links, ...onAccess });
    const kept: Kept = { configuration, vault, owner, place, stamp, users: 0, isRetired: false };
    this.#kept.set(key, kept);
    this.#letGoAdopted();
    // After the new one is there: what both define goes on.
    if (before !== undefined) retire(before);
    if (before !== undefined && before.stamp.state !== stamp.state) this.#lookElsewhere(key);
    const [oldest] = this.#kept;
    if (this.#kept.size > MAX_PLACES && oldest !== undefined) {
      this.#kept.delete(oldest[0]);
      retire(oldest[1]);
    }
    return kept;
  }

  /** What changed for one place ends in all others that have it, too: a provider's process may be theirs as well. */
  #lookElsewhere(key: string): void {
    for (const [other, { place }] of this.#kept) {
      // What is wrong there is said to whoever comes from there.
      if (other !== key) this.#current(place).catch(() => undefined);
    }
  }

  /** Reads until nothing changed between a look before and a look after. */
  async #load(
    place: CommandPlace,
    known: Configuration | undefined,
  ): Promise<{ readonly configuration: Configuration; readonly stamp: Stamp }> {
    let latest = known;
    for (let left = MAX_LOADS; ; left--) {
      const before = latest && (await stampNow(latest));
      const configuration = await this.#source.load(place);
      latest = configuration;
      const stamp = await stampNow(configuration);
      if ((before !== undefined && isSame(stamp, before)) || left <= 1) return { configuration, stamp };
    }
  }
}

async function stampNow(configuration: Configuration): Promise<Stamp> {
  const [files, state = ""] = await Promise.all([stampOf(configuration.files), configuration.state?.()]);
  return { files, state };
}

/** Whether a configuration has the connection that was proposed: what is open goes on by it. */
function isSameConnection(there: ConnectionDefinition | undefined, proposed: ConnectionDefinition): boolean {
  const about = ({ provider, revision, options, maxSession }: ConnectionDefinition): readonly unknown[] => [
    ...[provider, revision, options, maxSession],
  ];
  return there !== undefined && isDeepStrictEqual(about(there), about(proposed));
}

const isSame = (one: Stamp, other: Stamp): boolean => one.files === other.files && one.state === other.state;

function retire(kept: Kept): void {
  kept.isRetired = true;
  closeUnused(kept);
}

/** A configuration that was replaced serves those who came before, and then ends what no other has. */
function closeUnused({ isRetired, users, vault }: Kept): void {
  if (isRetired && users === 0) void vault.close();
}
