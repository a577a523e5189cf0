import { timestamp } from "./envelope.ts";
import type { Fields } from "./seed.ts";

export interface Version {
  data: Fields;
  readonly createdAt: number;
  deletedAt?: number;
  destroyed: boolean;
}

/** One name of KV v2 with its history. Versions count from 1. */
export class VersionedSecret {
  readonly versions: Version[] = [];
  custom: Readonly<Record<string, string>> | null = null;

  add(data: Fields, now: number): void {
    this.versions.push({ data, createdAt: now, destroyed: false });
  }

  /** Marks versions, the latest by default. A deleted one could be restored, a destroyed one is gone. */
  end(how: "deleted" | "destroyed", numbers: readonly number[] | undefined, now: number): void {
    for (const number of numbers ?? [this.versions.length]) {
      const version = this.versions[number - 1];
      if (!version) continue;
      if (how === "deleted") version.deletedAt = now;
      else {
        version.destroyed = true;
        version.data = {};
      }
    }
  }

  /** One version's `metadata`, as a read of it carries. */
  metadata(number: number): Record<string, unknown> {
    const version = this.versions[number - 1];
    if (!version) throw new RangeError("There is no such version.");
    return { ...describe(version), custom_metadata: this.custom, version: number };
  }

  /** What `metadata/<name>` says of the whole. */
  overview(): Record<string, unknown> {
    return {
      cas_required: false,
      created_time: timestamp(this.versions[0]?.createdAt ?? 0),
      // Counts changes to the metadata themselves; setting `custom` is the only one here.
      current_metadata_version: this.custom ? 1 : 0,
      current_version: this.versions.length,
      custom_metadata: this.custom,
      delete_version_after: "0s",
      max_versions: 0,
      metadata_cas_required: false,
      oldest_version: 0,
      updated_time: timestamp(this.versions.at(-1)?.createdAt ?? 0),
      versions: Object.fromEntries(this.versions.map((version, at) => [at + 1, describe(version)])),
    };
  }
}

function describe(version: Version): Record<string, unknown> {
  return {
    created_time: timestamp(version.createdAt),
    deletion_time: version.deletedAt === undefined ? "" : timestamp(version.deletedAt),
    destroyed: version.destroyed,
  };
}
