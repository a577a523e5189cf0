import { generateKeyPairSync } from "node:crypto";
import { createVault } from "@vaultlink/core";
import { CANARY, manualClock, type OnePasswordConnectStandIn, startOnePasswordConnect } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onePassword } from "../../src/index.ts";
import { withConnect } from "./support.ts";
import { at, context, refused, textOf } from "../support.ts";

let vault: OnePasswordConnectStandIn;
beforeEach(async () => {
  vault = await startOnePasswordConnect();
});
afterEach(() => vault.stop());

/** Requests that a call makes, by route. */
async function costs(call: () => Promise<unknown>): Promise<Readonly<Record<string, number>>> {
  vault.log.clear();
  await call();
  return vault.log.counts;
}

const read = (reference: string): Promise<string> =>
  withConnect(vault, async (session) => textOf(await session.read(at(reference), context())));

describe("a Connect server's references", () => {
  it.each([
    ["App/db/username", "app"],
    ["APP/DB/USERNAME", "app"],
    ["App/sections/top", `${CANARY}top`],
    ["App/sections/first/PASSWORD", `${CANARY}first`],
    ["App/sections/two/password", `${CANARY}second`],
    ["App/files/config.txt", `${CANARY}file`],
    ["App/no item matched/rate limit exceeded", `${CANARY}named-like-a-message`],
  ])("%s is read", async (reference, value) => {
    expect((await read(reference)) === value).toBe(true);
  });

  it("may have ids anywhere", async () => {
    const [app, db] = [vault.idOf("App"), vault.idOf("App", "db")];
    for (const reference of [`${app}/db/username`, `App/${db}/username`, `${app}/${db}/username`]) {
      expect(await read(reference)).toBe("app");
    }
  });

  it("mean the item that has the id, before any that has it for a name", async () => {
    const id = vault.idOf("App", "db");
    vault.put("App", id, { username: "another" });
    expect(await read(`App/${id}/username`)).toBe("app");
  });
});

describe("one-time passwords of a Connect server", () => {
  it("E33: are those of its clock, and over at once", async () => {
    const clock = manualClock(59_000);
    const server = await startOnePasswordConnect({ clock });
    await withConnect(server, async (session) => {
      const locator = at("App/otp/one-time password?attribute=otp");
      const [first, again] = [await session.read(locator, context()), await session.read(locator, context())];
      expect([textOf(first), first.expiresAt]).toEqual(["996554", 0]);
      clock.advance(30_000);
      expect(textOf(await session.read(locator, context())) === textOf(again)).toBe(false);
    });
    await server.stop();
  });

  it("are asked for each time", async () => {
    const reference = "op://App/otp/one-time password?attribute=otp";
    const connections = { op: onePassword({ auth: { method: "connect" } }) };
    const resolved = createVault({ connections, env: vault.env });
    await resolved.get(reference);
    expect(await costs(() => resolved.get(reference))).toEqual({ "items.get": 1 });
    await resolved.close();
  });
});

describe("SSH keys of a Connect server", () => {
  it("come as they are stored, or in OpenSSH's form", async () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    vault.put("App", { title: "deploy", sections: [{ fields: [{ label: "key", value: pem, kind: "sshKey" }] }] });
    expect((await read("App/deploy/key")) === pem).toBe(true);
    expect(await read("App/deploy/key?ssh-format=openssh")).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  });
});

describe("requests to a Connect server", () => {
  it("are three for a name, and one from then on", () =>
    withConnect(vault, async (session) => {
      expect(vault.log.counts).toEqual({ "vaults.list": 1 });
      const one = (fresh = false) => costs(() => session.read(at("App/db/username"), context({ fresh })));
      const byName = { "vaults.list": 1, "items.list": 1, "items.get": 1 };
      expect([await one(), await one(), await one(true)]).toEqual([byName, { "items.get": 1 }, byName]);
    }));

  it("are shared by what is read together", () =>
    withConnect(vault, async (session) => {
      const references = ["App/db/username", "App/db/password", "app/db/password", "Second/db/password"];
      const many = () => costs(async () => session.readMany?.(references.map(at), context()));
      expect(await many()).toEqual({ "vaults.list": 1, "items.list": 2, "items.get": 2 });
      // Known by their ids, each is one request.
      expect(await many()).toEqual({ "items.get": 4 });
    }));

  it("are 101 for 50 references in 3 vaults, and 50 the second time", () =>
    withConnect(vault, async (session) => {
      const many = Array.from({ length: 48 }, (_, index) => at(`Many/item ${index}/password`));
      const locators = [...many, at("App/db/password"), at("Second/alone/password")];
      const fifty = () =>
        costs(async () => {
          const outcomes = (await session.readMany?.(locators, context())) ?? [];
          expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
        });
      expect(await fifty()).toEqual({ "vaults.list": 1, "items.list": 50, "items.get": 50 });
      expect(await fifty()).toEqual({ "items.get": 50 });
    }));

  it("ask for all items of a vault only where the name is written otherwise", () =>
    withConnect(vault, async (session) => {
      const byName = await costs(() => session.read(at("App/DB/username"), context()));
      expect(byName).toEqual({ "vaults.list": 1, "items.list": 2, "items.get": 1 });
    }));

  it("find the item that has the name now, once the one it meant is gone", () =>
    withConnect(vault, async (session) => {
      await session.read(at("App/db/username"), context());
      vault.setState("App", "db", "archived");
      vault.put("App", "db", { username: "another" });
      expect(textOf(await session.read(at("App/db/username"), context()))).toBe("another");
    }));

  it("are eight at a time, and end with the caller's deadline", () =>
    withConnect(vault, async (session) => {
      const references = Array.from({ length: 20 }, (_, index) => at(`Many/item ${index}/password`));
      await session.readMany?.(references, context());
      vault.log.clear();
      vault.fault({ on: "items.get", kind: "hang" });
      const controller = new AbortController();
      const waiting = refused(Promise.resolve(session.readMany?.(references, context({ signal: controller.signal }))));
      await expect.poll(() => vault.log.count("items.get")).toBe(8);
      controller.abort();
      expect((await waiting).code).toBe("aborted");
      expect(vault.log.count()).toBe(8);
    }));

  it("are not sent again with a token that was refused", () =>
    withConnect(vault, async (session) => {
      vault.revoke("app");
      const twice = [1, 2].map(() => refused(session.read(at("App/db/username"), context())));
      expect((await Promise.all(twice)).map(({ code }) => code)).toEqual(["unauthenticated", "unauthenticated"]);
      vault.log.clear();
      await refused(session.read(at("App/db/username"), context()));
      expect(vault.log.count()).toBe(0);
    }));

  it("are none after the end", async () => {
    const session = await withConnect(vault, (open) => Promise.resolve(open));
    vault.log.clear();
    expect((await refused(session.read(at("App/db/username"), context()))).code).toBe("aborted");
    expect(vault.log.count()).toBe(0);
  });

  it("count against no quota", () => withConnect(vault, async (session) => expect("requests" in session).toBe(false)));
});

it("lists vaults, items and fields, and leaves archived items out", () =>
  withConnect(vault, async (session) => {
    const paths = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { locator } of session.list?.({ prefix }, context()) ?? []) found.push(locator.path);
      return found;
    };
    expect(await paths("")).toEqual(["App/", "Second/", "Many/", "Sealed/"]);
    const items = await paths("App/");
    expect(items).toContain("App/db/");
    expect(items.some((path) => path.includes("archived"))).toBe(false);
    expect(items.filter((path) => path.includes(vault.idOf("App", "twice")))).toHaveLength(1);
    expect(await paths("App/files/")).toEqual(["App/files/note", "App/files/config.txt", "App/files/key.bin"]);
    expect(await paths("Second/db/")).toEqual(["Second/db/password"]);
  }));
