import { CANARY } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { context, locator, readOne, refused, textOf, useAzure, withSession } from "./support.ts";

const server = useAzure();
const VERSION = "00000000000000000000000000000001";
const host = (vault: string): string => new URL(server.azure.vaults[vault] ?? "").host;
const vaults = (): readonly string[] => [server.azure.url, server.azure.vaults["shared"] ?? ""];

describe("a value", () => {
  it("comes with its version, and with its own end", async () => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      const read = (path: string) => session.read(locator(path), context());
      expect((await read("api-key")).version).toBe(VERSION);
      expect((await read("api-key")).expiresAt).toBeUndefined();
      expect((await read("expiring")).expiresAt).toBe(Date.UTC(2080, 0, 1));
      // Not in the future: nobody keeps it.
      expect((await read("expired")).expiresAt).toBe(Date.UTC(2020, 0, 1));
    });
  });

  it.each([
    ["expired", "The secret has expired.", "expired"],
    ["future", "The secret is not active yet.", "not-yet-active"],
  ])("that is %s is refused where that is wanted", async (name, message, reason) => {
    const error = await refused(readOne({ outdated: "refuse" }, { env: server.azure.env }, name));
    expect([error.code, error.message, error.details.reason]).toEqual(["unusable", message, reason]);
    expect(await readOne({ outdated: "refuse" }, { env: server.azure.env }, "expiring")).toBe("expiring");
  });

  it("is bytes where that is asked, and a text that is no base64 is not", async () => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      const read = (path: string) => session.read(locator(path, { encoding: "base64" }), context());
      expect((await read("certificate")).value).toEqual(Uint8Array.of(0xff, 0x00, 0x80, 0x76, 0x6c));
      const error = await refused(read("api-key"));
      expect([error.code, error.details.reason]).toEqual(["unusable", "encoding"]);
    });
  });

  it("E27: that is disabled, expired, deleted, or behind a firewall, is refused for four reasons", async () => {
    const walled = server.azure.vaults["walled"] ?? "";
    const refusals = await Promise.all([
      refused(readOne({}, { env: server.azure.env }, "disabled")),
      refused(readOne({ outdated: "refuse" }, { env: server.azure.env }, "expired")),
      refused(readOne({}, { env: server.azure.env }, "deleted")),
      refused(readOne({ vaultUrl: walled }, { env: server.azure.env }, "token")),
    ]);
    expect(refusals.map(({ code, details }) => details.reason ?? code)).toEqual([
      ...["disabled", "expired", "deleted", "invalid_config"],
    ]);
  });

  it("E27: is read anew after it was rotated, disabled, deleted and recovered", async () => {
    server.azure.put("app/turning", `${CANARY}one`);
    await withSession({}, { env: server.azure.env }, async (session) => {
      const read = () => session.read(locator("turning"), context());
      const code = async () => (await refused(read())).details.reason;
      expect(textOf(await read())).toBe("one");
      server.azure.put("app/turning", `${CANARY}two`);
      expect(textOf(await read())).toBe("two");
      server.azure.enable("app/turning", false);
      expect(await code()).toBe("disabled");
      server.azure.enable("app/turning", true);
      server.azure.delete("app/turning");
      expect(await code()).toBe("deleted");
      server.azure.recover("app/turning");
      expect(textOf(await read())).toBe("two");
      server.azure.purge("app/turning");
      expect((await refused(read())).code).toBe("not_found");
    });
  });
});

describe("several key vaults", () => {
  it("are named by their hosts, cost one challenge each and one token for all", async () => {
    const all = [...vaults(), server.azure.vaults["third"] ?? ""];
    await withSession({ vaults: all }, { env: server.azure.env }, async (session) => {
      const paths = Array.from(
        { length: 12 },
        (_, index) => ["api-key", `${host("shared")}/token`, `${host("third")}/token`][index % 3] ?? "",
      );
      const read = await Promise.all(paths.map(async (path) => textOf(await session.read(locator(path), context()))));
      expect(new Set(read)).toEqual(new Set(["api-key", "shared-token", "third-token"]));
    });
    expect(server.azure.log.counts).toEqual({
      "secrets.challenge": 3,
      "entra.discovery": 1,
      "entra.token": 1,
      "secrets.get": 12,
    });
  });

  it("that are not listed are asked nothing, whatever a reference says", async () => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      server.azure.log.clear();
      for (const path of [`${host("shared")}/token`, "attacker.vault.azure.net/db", "other/db"]) {
        expect((await refused(session.read(locator(path), context()))).code).toBe("invalid_config");
      }
      expect(server.azure.log.count()).toBe(0);
    });
  });

  it("that are down do not stop the others", async () => {
    const options = { vaults: [server.azure.url, "https://127.0.0.1:9"] };
    await withSession(options, { env: server.azure.env }, async (session) => {
      const [one, other] = await Promise.allSettled([
        session.read(locator("api-key"), context()),
        session.read(locator("127.0.0.1:9/token"), context()),
      ]);
      expect([one.status, other.status]).toEqual(["fulfilled", "rejected"]);
    });
  });
});

describe("a locator", () => {
  it.each([
    ["a/b/c", {}],
    ["with_underscore", {}],
    ["with space", {}],
    ["", {}],
    ["x".repeat(128), {}],
    ["db", { version: "3" }],
    ["db", { version: `${VERSION}0` }],
    ["db", { encoding: "hex" }],
    ["db", { stage: "x" }],
  ])("that cannot name anything is refused before anything is sent: %j", async (path, query) => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      server.azure.log.clear();
      expect((await refused(session.read(locator(path, query), context()))).code).toBe("invalid_reference");
      expect(server.azure.log.count()).toBe(0);
    });
  });
});

describe("a session", () => {
  it("sends nothing more after the vault refused its token", async () => {
    await withSession({}, { env: server.azure.env }, async (session) => {
      server.azure.revoke("app");
      await refused(session.read(locator("api-key"), context()));
      server.azure.log.clear();
      expect((await refused(session.read(locator("db"), context()))).code).toBe("unauthenticated");
      expect(server.azure.log.count()).toBe(0);
    });
  });

  it("renews its token by itself before that ends, once for all who wait", async () => {
    server.azure.set({ tokenSeconds: 200 });
    try {
      await withSession({}, { env: server.azure.env }, async (session) => {
        server.azure.log.clear();
        await Promise.all(["api-key", "db", "number"].map((path) => session.read(locator(path), context())));
        expect(server.azure.log.counts).toEqual({ "entra.token": 1, "secrets.get": 3 });
      });
    } finally {
      server.azure.set({ tokenSeconds: 3600 });
    }
  });

  it("goes on with a token that holds while Entra is down", async () => {
    server.azure.set({ tokenSeconds: 200 });
    try {
      await withSession({}, { env: server.azure.env }, async (session) => {
        server.azure.fault({ on: "entra.token", kind: "status", status: 503 });
        expect(textOf(await session.read(locator("api-key"), context()))).toBe("api-key");
      });
    } finally {
      server.azure.set({ tokenSeconds: 3600 });
    }
  });
});

describe("a list", () => {
  const list = async (options: object, prefix: string): Promise<readonly string[]> =>
    withSession(options, { env: server.azure.env }, async (session) => {
      const seen: string[] = [];
      for await (const { locator: at, state, folder } of session.list?.({ prefix }, context()) ?? []) {
        seen.push(`${at.path}${state ? ` ${state}` : ""}${folder ? " folder" : ""}`);
      }
      return seen;
    });

  it("goes through all pages, and tells what is disabled", async () => {
    server.azure.set({ pageSize: 4 });
    const all = await list({}, "");
    server.azure.set({ pageSize: 25 });
    expect(all).toContain("disabled disabled");
    expect(all).toContain("api-key");
    expect(all).not.toContain("deleted");
    expect(server.azure.log.count("secrets.list")).toBe(Math.ceil(all.length / 4));
  });

  it("shows the other vaults as folders, and what is in them", async () => {
    const options = { vaults: vaults() };
    expect(await list(options, "a")).toEqual(["api-key", "audit-report"]);
    expect((await list(options, "")).filter((path) => path.endsWith("folder"))).toEqual([`${host("shared")}/ folder`]);
    expect(await list(options, `${host("shared")}/to`)).toEqual([`${host("shared")}/token`]);
  });

  it("asks for no more pages than are taken", async () => {
    server.azure.set({ pageSize: 2 });
    await withSession({}, { env: server.azure.env }, async (session) => {
      for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) break;
    });
    server.azure.set({ pageSize: 25 });
    expect(server.azure.log.count("secrets.list")).toBe(1);
  });
});
