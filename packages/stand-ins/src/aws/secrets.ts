import type { Clock } from "../kit/clock.ts";
import { type Ids, seededIds } from "../kit/ids.ts";
import type { SeedSecret, SeedVersion } from "./seed.ts";

/** A version as the service keeps it. */
export interface Version extends Omit<SeedVersion, "stages"> {
  stages: string[];
  readonly createdAt: number;
}

/** A secret as the service keeps it. Times are ms since the epoch. */
export interface Secret {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly description?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  versions: Version[];
  undecryptable: boolean;
  deletedAt?: number | undefined;
  changedAt: number;
}

/** All secrets of a region, of every account. */
export class Secrets {
  readonly #all = new Map<string, Secret>();
  readonly #ids: Ids = seededIds("aws-secrets");
  readonly #clock: Clock;
  readonly #region: string;

  constructor(seed: readonly SeedSecret[], region: string, clock: Clock) {
    this.#clock = clock;
    this.#region = region;
    for (const secret of seed) this.#add(secret);
  }

  get all(): readonly Secret[] {
    return [...this.#all.values()];
  }

  /** By name within `account`, by ARN, or by ARN without the six characters at its end. */
  find(secretId: string, account: string): Secret | undefined {
    if (!secretId.startsWith("arn:")) {
      return this.all.find((secret) => secret.name === secretId && secret.account === account);
    }
    return this.#all.get(secretId) ?? this.all.find(({ arn }) => arn.slice(0, -7) === secretId);
  }

  /** Writes a value: a new version becomes current, and the current one previous. */
  put(name: string, account: string, value: { readonly text?: string; readonly bytes?: readonly number[] }): Secret {
    const found = this.find(name, account);
    if (!found)
      return this.#add({ name, account, versions: [{ id: this.#ids.uuid(), ...value, stages: ["AWSCURRENT"] }] });
    for (const version of found.versions) {
      const wasCurrent = version.stages.includes("AWSCURRENT");
      version.stages = version.stages.filter((stage) => stage !== "AWSCURRENT" && stage !== "AWSPREVIOUS");
      if (wasCurrent) version.stages.push("AWSPREVIOUS");
    }
    const now = this.#clock.now();
    found.versions.push({ id: this.#ids.uuid(), ...value, stages: ["AWSCURRENT"], createdAt: now });
    found.changedAt = now;
    return found;
  }

  remove(secret: Secret): void {
    this.#all.delete(secret.arn);
  }

  #add({ name, account, versions, state, tags = {}, description }: SeedSecret): Secret {
    const now = this.#clock.now();
    const arn = `arn:aws:secretsmanager:${this.#region}:${account}:secret:${name}-${this.#ids.text(6)}`;
    const secret: Secret = {
      arn,
      name,
      account,
      description,
      tags,
      versions: versions.map((version) => ({ ...version, stages: [...version.stages], createdAt: now })),
      undecryptable: state === "undecryptable",
      deletedAt: state === "deletion-scheduled" ? now : undefined,
      changedAt: now,
    };
    this.#all.set(arn, secret);
    return secret;
  }
}
