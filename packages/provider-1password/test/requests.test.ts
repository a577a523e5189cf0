import type { ListEntry, Session } from "@vaultlink/core/provider";
import { CANARY, type OnePasswordStandIn, startOnePassword } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, expect, it } from "vitest";
import { at, context, refused, textOf, withSession } from "./support.ts";

let vault: OnePasswordStandIn;
beforeEach(async () => {
  vault = await startOnePassword();
});
afterEach(() => vault.stop());

/** Requests that a call makes, by route. */
async function costs(call: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  vault.log.clear();
  await call();
  return vault.log.counts;
}

const open = <T>(use: (session: Session) => Promise<T>): Promise<T> => withSession(vault.tokenOf("app"), use);

it("E32: looks a name up once, and asks by id from then on", () =>
  open(async (session) => {
    expect(vault.log.count()).toBe(4);
    const read = (fresh = false) => costs(() => session.read(at("App/db/username"), context({ fresh })));
    expect(await read()).toEqual({ "vaults.list": 1, keysets: 1, "items.overviews": 1, "items.batch": 1 });
    expect(await read()).toEqual({ "items.get": 1 });
    expect(await read(true)).toEqual({ "vaults.list": 1, "items.overviews": 1, "items.batch": 1 });
    expect(await read()).toEqual({ "items.get": 1 });
  }));

it("asks by id at once where the reference has ids", () =>
  open(async (session) => {
    const locator = at(`${vault.idOf("App")}/${vault.idOf("App", "db")}/username`);
    expect(textOf(await session.read(locator, context()))).toBe("app");
    expect(await costs(() => session.read(locator, context()))).toEqual({ "items.get": 1 });
  }));

it("E32: reads 50 references in 3 vaults with 8 requests, and again with 7", () =>
  open(async (session) => {
    vault.put("Sealed", "unused", {});
    const many = Array.from({ length: 48 }, (_, index) => at(`Many/item ${index}/password`));
    const locators = [...many, at("App/db/password"), at("Second/alone/password")];
    const read = () =>
      costs(async () => {
        const outcomes = (await session.readMany?.(locators, context())) ?? [];
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
      });
    expect(await read()).toEqual({ "vaults.list": 1, keysets: 1, "items.overviews": 3, "items.batch": 3 });
    expect(await read()).toEqual({ "vaults.list": 1, "items.overviews": 3, "items.batch": 3 });
    const few = locators.slice(0, 3);
    expect(await costs(async () => session.readMany?.(few, context()))).toEqual({ "items.get": 3 });
  }));

it("finds the item that has the name now, once the one it knew is gone", () =>
  open(async (session) => {
    await session.read(at("App/db/username"), context());
    vault.remove("App", "db");
    vault.put("App", "db", { username: "another" });
    expect(textOf(await session.read(at("App/db/username"), context()))).toBe("another");
    expect(await costs(() => session.read(at("App/db/username"), context()))).toEqual({ "items.get": 1 });
  }));

it("remembers nothing if told so", async () => {
  const options = { rememberMinutes: 0 };
  await withSession(
    vault.tokenOf("app"),
    async (session) => {
      await session.read(at("App/db/username"), context());
      const again = await costs(() => session.read(at("App/db/username"), context()));
      expect(again).toEqual({ "vaults.list": 1, "items.overviews": 1, "items.batch": 1 });
    },
    options,
  );
});

it("E33: never lets a one-time password be kept", () =>
  open(async (session) => {
    const otp = at("App/otp/one-time password?attribute=otp");
    for (const _ of ["by name", "by id"]) {
      const document = await session.read(otp, context());
      expect(document.expiresAt).toBe(0);
      expect(textOf(document)).toMatch(/^\d{6}$/);
    }
    const [outcome] = (await session.readMany?.([otp], context())) ?? [];
    expect(outcome?.status === "fulfilled" && outcome.value.expiresAt).toBe(0);
    expect((await session.read(at("App/otp/password"), context())).expiresAt).toBeUndefined();
  }));

it("learns a batch's hidden cause with one question for each vault", () =>
  open(async (session) => {
    const locators = [at("Sealed/db/password"), at("Sealed/db/username"), at("App/db/username")];
    let outcomes: readonly PromiseSettledResult<unknown>[] = [];
    const counts = await costs(async () => {
      outcomes = (await session.readMany?.(locators, context())) ?? [];
    });
    expect(
      outcomes.map((each) => (each.status === "rejected" ? (each.reason as { code: string }).code : "read")),
    ).toEqual(["denied", "denied", "read"]);
    // Of the four listings the SDK makes two for the vault that refuses, one for each of its references, and we one.
    expect(counts).toEqual({ "vaults.list": 2, keysets: 1, "items.overviews": 4, "items.batch": 1 });
  }));

it("reads the neighbours of an archived item, for whose id the SDK refuses the whole batch", () =>
  open(async (session) => {
    const archived = at(`App/${vault.idOf("App", "archived")}/password`);
    const outcomes = (await session.readMany?.([archived, at("App/db/username"), at("App")], context())) ?? [];
    const codes = outcomes.map((each) =>
      each.status === "rejected" ? (each.reason as { code: string }).code : "read",
    );
    expect(codes).toEqual(["unusable", "read", "invalid_reference"]);
  }));

it("E31: sends nothing more once the token was refused", () =>
  open(async (session) => {
    vault.revoke("app");
    expect((await refused(session.read(at("App/db/username"), context()))).code).toBe("unauthenticated");
    const again = refused(session.read(at("App/db/username"), context()));
    expect(await costs(() => again)).toEqual({});
    expect((await again).code).toBe("unauthenticated");
  }));

it("signs in once more by itself when the session ended", () =>
  open(async (session) => {
    vault.expire();
    expect(textOf(await session.read(at("Second/alone/password"), context())) === `${CANARY}alone`).toBe(true);
  }));

it("F4: asks for nothing twice while somebody goes through vaults, items and fields", () =>
  open(async (session) => {
    const list = (prefix: string) =>
      costs(async () => {
        for await (const entry of session.list?.({ prefix }, context()) ?? []) expect(entry.locator.path).not.toBe("");
      });
    expect(await list("")).toEqual({ "vaults.list": 1, keysets: 1 });
    expect(await list("App/")).toEqual({ "items.overviews": 1 });
    expect(await list("App/db/")).toEqual({ "items.get": 1 });
    expect(await list("app/sections/")).toEqual({ "items.get": 1 });
    vault.remove("App", "db");
    vault.put("App", "db", { username: "another" });
    expect(await list("App/db/")).toEqual({ "items.get": 2, "vaults.list": 1, "items.overviews": 1 });
  }));

it("F11: tells the title of what a reference can only name by its id, and which folder is an item", () =>
  open(async (session) => {
    const list = async (prefix: string) => {
      const found: ListEntry[] = [];
      for await (const entry of session.list?.({ prefix }, context()) ?? []) found.push(entry);
      return found;
    };
    const byId = (await list("App/")).filter(({ title }) => title !== undefined);
    expect(byId.map(({ title }) => title)).toEqual(["twice", "twice", "ünïcode"]);
    expect(byId.every(({ locator }) => /^App\/[a-z2-7]{26}\/$/.test(locator.path))).toBe(true);
    expect((await list("App/")).every(({ holdsFields }) => holdsFields === true)).toBe(true);
    expect((await list("")).some(({ holdsFields }) => holdsFields === true)).toBe(false);
  }));

it("lists vaults, items and fields as references can name them", () =>
  open(async (session) => {
    const list = async (prefix: string): Promise<readonly string[]> => {
      const paths: string[] = [];
      for await (const { locator } of session.list?.({ prefix }, context()) ?? []) paths.push(locator.path);
      return paths;
    };
    expect((await list("")).toSorted()).toEqual(["App/", "Many/", "Sealed/", "Second/"]);
    expect(await list("S")).toHaveLength(2);
    expect(await list("App/d")).toEqual(["App/db/"]);
    expect(await list("App/sections/")).toEqual([
      "App/sections/top",
      "App/sections/one/password",
      "App/sections/two/password",
    ]);
    expect(await list("App/files/")).toEqual(["App/files/note", "App/files/config.txt", "App/files/key.bin"]);
    const byId = (await list("App/")).filter((path) => /^App\/[a-z2-7]{26}\/$/.test(path));
    expect(byId).toHaveLength(3);
    expect(await list("Nowhere/")).toEqual([]);
    expect((await refused(list("Sealed/"))).code).toBe("denied");
  }));
