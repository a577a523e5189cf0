import { type Clock, createVault, type SessionCounts, type Vault } from "@vaultlink/core";
import { parseMinutes } from "@vaultlink/core/internal";
import type { Held } from "../server/life.ts";
import type { CommandPlace, Configuration, ConfigurationSource } from "./configuration.ts";
import { auditReaders } from "./reader.ts";
import { stampOf } from "./stamp.ts";

/** Places remembered; that of the one not used for longest is forgotten. */
const MAX_PLACES = 64;
/** Files that change again and again while they are read are taken as they are after so many tries. */
const MAX_LOADS = 5;

/** One place's configuration and its vault. */
export interface Workspace {
  readonly configuration: Configuration;
  /** A view of the vault of its owner. */
  readonly vault: Vault;
}

interface Kept extends Workspace {
  readonly stamp: string;
  users: number;
  isRetired: boolean;
}

/** The configurations of all places that commands came from, as their files are now, over one vault per owner. */
export class Workspaces {
  readonly #source: ConfigurationSource;
  readonly #clock: Clock;
  readonly #owners = new Map<string, { readonly vault: Vault; ttl: number | undefined }>();
  /** By place, the least recently used first. */
  readonly #kept = new Map<string, Kept>();
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
    if (before !== undefined && (await stampOf(before.configuration.files)) === before.stamp) {
      this.#kept.delete(key);
      this.#kept.set(key, before);
      return before;
    }
    const { configuration, stamp } = await this.#load(place, before?.configuration.files ?? []);
    const { auditFile, connections, links } = configuration;
    const onAccess = auditFile === undefined ? {} : { onAccess: auditReaders(auditFile) };
    const vault = this.vaultOf(configuration).view({ connections, links, ...onAccess });
    const kept: Kept = { configuration, vault, stamp, users: 0, isRetired: false };
    this.#kept.set(key, kept);
    // After the new one is there: what both define goes on.
    if (before !== undefined) retire(before);
    const [oldest] = this.#kept;
    if (this.#kept.size > MAX_PLACES && oldest !== undefined) {
      this.#kept.delete(oldest[0]);
      retire(oldest[1]);
    }
    return kept;
  }

  /** Reads until nothing changed between a look before and a look after. */
  async #load(
    place: CommandPlace,
    known: readonly string[],
  ): Promise<{ readonly configuration: Configuration; readonly stamp: string }> {
    let files = known;
    for (let left = MAX_LOADS; ; left--) {
      const before = await stampOf(files);
      const configuration = await this.#source.load(place);
      ({ files } = configuration);
      const stamp = await stampOf(files);
      if (stamp === before || left <= 1) return { configuration, stamp };
    }
  }
}

function retire(kept: Kept): void {
  kept.isRetired = true;
  closeUnused(kept);
}

/** A configuration that was replaced serves those who came before, and then ends what no other has. */
function closeUnused({ isRetired, users, vault }: Kept): void {
  if (isRetired && users === 0) void vault.close();
}
