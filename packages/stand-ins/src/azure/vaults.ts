import type { Clock } from "../kit/clock.ts";
import { type Ids, seededIds } from "../kit/ids.ts";
import type { SeedVault, SeedVersion } from "./seed.ts";

/** One version of a secret. Times in ms since the epoch. */
export interface Version {
  readonly id: string;
  readonly value: string;
  readonly contentType?: string;
  enabled: boolean;
  readonly createdAt: number;
  readonly expires?: number;
  readonly notBefore?: number;
}

export interface Secret {
  readonly name: string;
  /** Oldest first. */
  readonly versions: Version[];
  deletedAt: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** What may be said of a new version. */
export type VersionOptions = Partial<Omit<SeedVersion, "id" | "value">>;

/** One key vault. */
export class KeyVault {
  readonly name: string;
  readonly permissions: SeedVault["permissions"];
  walled: boolean;
  readonly #secrets = new Map<string, Secret>();
  readonly #ids: Ids;
  readonly #clock: Clock;

  constructor({ name, permissions, walled, secrets }: SeedVault, clock: Clock) {
    this.name = name;
    this.permissions = permissions;
    this.walled = walled === true;
    this.#clock = clock;
    this.#ids = seededIds(`azure-${name}`);
    for (const { name: secret, versions, deleted, tags = {} } of secrets) {
      this.#secrets.set(secret.toLowerCase(), { name: secret, versions: [], deletedAt: undefined, tags });
      for (const { id, value, ...more } of versions) this.put(secret, value, more, id);
      if (deleted) this.expect(secret).deletedAt = clock.now();
    }
  }

  /** By name, in any case: names of this vendor have none. */
  find(name: string): Secret | undefined {
    return this.#secrets.get(name.toLowerCase());
  }

  /** Throws if there is no such secret. */
  expect(name: string): Secret {
    const found = this.find(name);
    if (!found) throw new Error("There is no such secret.");
    return found;
  }

  /** Sorted by name. */
  get all(): readonly Secret[] {
    return [...this.#secrets.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  put(name: string, value: string, { enabled, ...more }: VersionOptions = {}, id?: string): Version {
    const secret = this.find(name) ?? { name, versions: [], deletedAt: undefined, tags: {} };
    const version: Version = {
      id: id ?? this.#ids.bytes(16).toString("hex"),
      value,
      enabled: enabled !== false,
      createdAt: this.#clock.now(),
      ...more,
    };
    secret.versions.push(version);
    this.#secrets.set(name.toLowerCase(), secret);
    return version;
  }

  remove(name: string): void {
    this.#secrets.delete(name.toLowerCase());
  }
}
