import { createRequire } from "node:module";
import { type OnePasswordStandIn, startOnePassword } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, expect, it } from "vitest";
import { at, context, refused, textOf, withSession } from "./support.ts";

let vault: OnePasswordStandIn;
beforeEach(async () => {
  vault = await startOnePassword();
});
afterEach(() => vault.stop());

it("ends the thread of a call that is given up, and starts another for the next, which knows what was learnt", () =>
  withSession(vault.tokenOf("app"), async (session) => {
    await session.read(at("App/db/username"), context());
    vault.fault({ on: "items.get", kind: "hang" });
    const controller = new AbortController();
    const hanging = refused(session.read(at("App/db/username"), context({ signal: controller.signal })));
    await expect.poll(() => vault.log.count("items.get")).toBe(1);
    const waiting = refused(session.read(at("App/db/username"), context({ signal: controller.signal })));
    controller.abort();
    expect([(await hanging).code, (await waiting).code]).toEqual(["aborted", "aborted"]);
    vault.clearFaults();
    vault.log.clear();
    expect(textOf(await session.read(at("App/db/username"), context()))).toBe("app");
    expect(vault.log.counts).toMatchObject({ "auth.start": 1, "items.get": 1 });
    expect(vault.log.count("vaults.list")).toBe(0);
  }));

it("does not begin what was given up before", () =>
  withSession(vault.tokenOf("app"), async (session) => {
    vault.log.clear();
    const error = await refused(session.read(at("App/db/username"), context({ signal: AbortSignal.abort() })));
    expect([error.code, vault.log.count()]).toEqual(["aborted", 0]);
  }));

it("answers calls made at once, each with its own", () =>
  withSession(vault.tokenOf("app"), async (session) => {
    const read = async (path: string): Promise<string> => textOf(await session.read(at(path), context()));
    const values = await Promise.all([read("App/db/username"), read("App/API Key/empty"), read("App/db/username")]);
    expect(values).toEqual(["app", "", "app"]);
    expect(vault.log.count("auth.start")).toBe(1);
  }));

it("is closed for good", async () => {
  const session = await withSession(vault.tokenOf("app"), (open) => Promise.resolve(open));
  expect((await refused(session.read(at("App/db/username"), context()))).code).toBe("aborted");
});

it("ends a request that gets no answer by itself, and goes on with the same thread", async () => {
  // Signing in passes through it too, and computes: the bound is for a busy machine.
  const patient = { requestTimeoutMs: 5000 };
  await withSession(
    vault.tokenOf("app"),
    async (session) => {
      vault.fault({ on: "vaults.list", kind: "hang", times: 1 });
      expect((await refused(session.read(at("App/db/username"), context()))).code).toBe("timeout");
      expect(textOf(await session.read(at("App/db/username"), context()))).toBe("app");
      expect(vault.log.count("auth.start")).toBe(1);
    },
    patient,
  );
});

it("keeps the main thread free of the SDK", async () => {
  await withSession(vault.tokenOf("app"), (session) => session.read(at("App/db/username"), context()));
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  expect(loaded.filter((path) => path.includes("1password"))).toEqual([]);
});
