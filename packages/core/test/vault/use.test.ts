import { describe, expect, it } from "vitest";
import type { SecretValue } from "../../src/index.ts";
import { isPostgresLoginFailure } from "../../src/index.ts";
import { failing, failure, MINUTE, SECOND, settle, world, type World, type WorldOptions } from "../fixture.ts";

const refusal = (): Error => Object.assign(new Error("password authentication failed"), { code: "28P01" });
const options = { isLoginFailure: isPostgresLoginFailure };

/** A database that lets in whoever has its password, and notes who tried. */
class Database {
  password = "vlcanary-x-1";
  readonly tried: string[] = [];

  readonly login = async (value: SecretValue): Promise<string> => {
    const password = value.reveal();
    this.tried.push(password);
    if (password !== this.password) throw refusal();
    return "in";
  };
}

/** A vault and a database; `rotate` changes the password in both. */
function app(given: WorldOptions = {}): World & { database: Database; rotate: (to: string) => void } {
  const here = world(given);
  const database = new Database();
  const rotate = (to: string): void => {
    here.remote.holds.set("x", to);
    database.password = to;
  };
  return { ...here, database, rotate };
}

describe("use", () => {
  it("hands over the value, and gives what the function gives", async () => {
    const { vault, database, remote } = app();
    expect(await vault.use("X", database.login, options)).toBe("in");
    expect(await vault.use("X", (value) => value.reveal().length)).toBe(12);
    expect(remote.asked).toEqual(["x"]);
  });

  it("reads the value again after a refused login, and calls the function once more", async () => {
    const { vault, database, remote, rotate } = app();
    await vault.get("X");
    rotate("vlcanary-x-2");
    expect(await vault.use("X", database.login, options)).toBe("in");
    expect(database.tried).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
    expect(remote.reads.map(({ context }) => context.fresh === true)).toEqual([false, true]);
    expect((await vault.get("X")).provenance.source).toBe("cache");
  });

  it("never calls it a third time", async () => {
    const { vault, database, rotate } = app();
    await vault.get("X");
    rotate("vlcanary-x-2");
    database.password = "vlcanary-another";
    await expect(vault.use("X", database.login, options)).rejects.toMatchObject({ code: "28P01" });
    expect(database.tried).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
  });

  it("does not call it again with the same value", async () => {
    const { vault, database, remote } = app();
    database.password = "vlcanary-another";
    await expect(vault.use("X", database.login, options)).rejects.toMatchObject({ code: "28P01" });
    expect(database.tried).toEqual(["vlcanary-x-1"]);
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("asks the vault once for all who failed with the same value", async () => {
    const { vault, database, remote, rotate } = app();
    await vault.get("X");
    rotate("vlcanary-x-2");
    const all = await Promise.all(Array.from({ length: 50 }, () => vault.use("X", database.login, options)));
    expect(all.every((one) => one === "in")).toBe(true);
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("asks the vault no more where somebody has read the new value meanwhile", async () => {
    const { vault, database, remote, rotate } = app();
    await vault.get("X");
    const gate = Promise.withResolvers<void>();
    const slow = vault.use("X", async (value) => (await gate.promise, database.login(value)), options);
    await settle();
    rotate("vlcanary-x-2");
    await vault.use("X", database.login, options);
    gate.resolve();
    expect(await slow).toBe("in");
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("leaves any other failure alone, and a refusal that is not said to be one", async () => {
    const { vault, database, remote, rotate } = app();
    await vault.get("X");
    rotate("vlcanary-x-2");
    await expect(vault.use("X", database.login)).rejects.toMatchObject({ code: "28P01" });
    const down = new Error("connection refused");
    await expect(vault.use("X", () => Promise.reject(down), options)).rejects.toBe(down);
    expect(remote.asked).toEqual(["x"]);
  });

  it("takes status 401 for a refused login by default", async () => {
    const { vault, remote } = app();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    const seen: string[] = [];
    const call = async (value: SecretValue): Promise<void> => {
      seen.push(value.reveal());
      if (seen.length === 1) throw Object.assign(new Error("Unauthorized"), { status: 401 });
    };
    await vault.use("X", call);
    expect(seen).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
  });

  it("rejects with the refused login where the vault cannot be asked", async () => {
    const { vault, database, remote, clock } = app();
    await vault.get("X");
    database.password = "vlcanary-another";
    remote.holds.set("x", failure("denied"));
    await expect(vault.use("X", database.login, options)).rejects.toMatchObject({ code: "28P01" });
    // What the vault refuses is gone from the cache too.
    expect((await failing(vault.get("X"))).code).toBe("denied");
    await clock.pass(0);
  });

  it("asks the vault three times in ten seconds at most while the newest value is refused", async () => {
    const { vault, database, remote, clock, rotate } = app();
    database.password = "vlcanary-another";
    const attempt = (): Promise<unknown> => vault.use("X", database.login, options).catch(() => "refused");
    for (let second = 0; second < 10; second++) {
      expect(await attempt()).toBe("refused");
      await clock.pass(SECOND);
    }
    expect(remote.asked).toHaveLength(4);
    rotate("vlcanary-x-2");
    expect(await attempt()).toBe("in");
    expect(remote.asked).toHaveLength(5);
  });

  it("finds a value that the vault has a moment later than the database", async () => {
    const { vault, database, rotate } = app();
    database.password = "vlcanary-x-2";
    await expect(vault.use("X", database.login, options)).rejects.toMatchObject({ code: "28P01" });
    rotate("vlcanary-x-2");
    expect(await vault.use("X", database.login, options)).toBe("in");
  });

  it("follows any number of rotations, one after the other", async () => {
    const { vault, database, rotate } = app();
    for (let round = 1; round <= 20; round++) {
      rotate(`vlcanary-x-${round}`);
      expect(await vault.use("X", database.login, options)).toBe("in");
    }
  });

  it("leaves the lease of the value before alone: others may still use it", async () => {
    const { vault, remote, clock } = app();
    const leased = (lease: string): { document: { value: string; lease: string; expiresAt: number } } => ({
      document: { value: `vlcanary-${lease}`, lease, expiresAt: clock.epochMs() + MINUTE },
    });
    remote.login = { identity: "A", release: async (lease) => void remote.log.push(`release ${lease}`) };
    remote.holds.set("x", leased("one"));
    await vault.get("X");
    remote.holds.set("x", leased("two"));
    const call = async (value: SecretValue): Promise<void> => {
      if (value.reveal() === "vlcanary-one") throw refusal();
    };
    await vault.use("X", call, options);
    expect(remote.log).toEqual([]);
    await vault.close();
    expect(remote.log.toSorted()).toEqual(["close A", "release one", "release two"]);
  });

  it("takes several names, and gives user name and password of one read", async () => {
    const { vault, remote } = app({ links: { USER: "c://db#user", PASSWORD: "c://db#password" } });
    remote.holds.set("db", { user: "vlcanary-u1", password: "vlcanary-p1" });
    await vault.get("USER");
    remote.holds.set("db", { user: "vlcanary-u2", password: "vlcanary-p2" });
    const seen: string[] = [];
    await vault.use(
      ["USER", "PASSWORD"],
      ([user, password]) => {
        seen.push(`${user.reveal()} ${password.reveal()}`);
        if (seen.length === 1) throw refusal();
      },
      options,
    );
    expect(seen).toEqual(["vlcanary-u1 vlcanary-p1", "vlcanary-u2 vlcanary-p2"]);
    expect(remote.asked).toEqual(["db", "db"]);
  });

  it("says what is wrong with a name, and refuses none", async () => {
    const { vault } = app();
    expect((await failing(vault.use("GONE", () => {}))).code).toBe("unresolved");
    expect((await failing(vault.use([], () => {}))).code).toBe("invalid_config");
    await vault.close();
    expect((await failing(vault.use("X", () => {}))).code).toBe("aborted");
  });
});
