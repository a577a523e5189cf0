import type { SecretDocument } from "../../src/provider.ts";
import { world, type World, type WorldOptions } from "../fixture.ts";

/** A vault that keeps versions, and tells them without the value. */
export interface Versioned extends World {
  /** Stores a value as the next version. */
  readonly put: (path: string, value: string) => void;
  readonly asked: {
    /** The paths whose version was asked for, and those that were read. */
    readonly versions: string[];
    readonly values: readonly string[];
    /** What a question for a version fails with. */
    failure: Error | undefined;
  };
}

export function versioned(options: WorldOptions = {}): Versioned {
  const here = world(options);
  const { remote } = here;
  const numbers = new Map<string, number>();
  const put = (path: string, value: string): void => {
    const version = (numbers.get(path) ?? 0) + 1;
    numbers.set(path, version);
    remote.holds.set(path, { document: { value, version: String(version) } });
  };
  put("x", "vlcanary-x-1");
  put("y", "vlcanary-y-1");
  const asked: Versioned["asked"] = {
    versions: [],
    get values() {
      return remote.asked;
    },
    failure: undefined,
  };
  remote.login = {
    identity: "A",
    version: async ({ path }) => {
      asked.versions.push(path);
      const held = remote.holds.get(path);
      if (asked.failure !== undefined) throw asked.failure;
      if (held instanceof Error) throw held;
      return String(numbers.get(path));
    },
  };
  return { ...here, put, asked };
}

/** A vault that makes a credential for each read of `x`, `user` and `password`, with a lease. */
export interface Leased extends World {
  /** How many it has made. */
  readonly made: () => number;
  /** What the next read fails with. */
  readonly failWith: (error: Error | undefined) => void;
}

export function leased({ lifeMs, ...options }: WorldOptions & { readonly lifeMs: number }): Leased {
  const here = world({
    links: { X: "c://x#password", USER: "c://x#user", PASSWORD: "c://x#password" },
    ...options,
  });
  const { clock, remote } = here;
  let made = 0;
  let failing: Error | undefined;
  const read = async (): Promise<SecretDocument> => {
    if (failing !== undefined) throw failing;
    const number = ++made;
    return {
      value: { user: `vlcanary-user-${number}`, password: `vlcanary-password-${number}` },
      lease: `lease-${number}`,
      expiresAt: clock.epochMs() + lifeMs,
    };
  };
  remote.login = { identity: "A", read, release: async (lease) => void remote.log.push(`release ${lease}`) };
  return { ...here, made: () => made, failWith: (error) => void (failing = error) };
}
