import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VAULT_SEED } from "../../src/index.ts";
import { askRaw } from "../ask.ts";
import type { Side, Sides } from "./sides.ts";

/** Questions about secrets, lists, mounts, namespaces and the node. */
export function askAboutSecrets(start: () => Promise<Sides>): void {
  let sides: Sides;
  beforeAll(async () => {
    sides = await start();
  });
  afterAll(() => sides?.stop());

  const app = VAULT_SEED.identities["app"]?.token;
  const audit = VAULT_SEED.identities["audit"]?.token;
  const root = VAULT_SEED.rootToken;
  const status = async (path: string, token?: string, headers?: Record<string, string>): Promise<number> =>
    (await sides.both("GET", path, { token, ...(headers ? { headers } : {}) })).status;

  describe("reading", () => {
    it.each([
      ["a KV v2 secret", "secret/data/app/db", 200],
      ["a version", "secret/data/app/db?version=1", 200],
      ["version zero", "secret/data/app/db?version=0", 200],
      ["a version below zero", "secret/data/app/db?version=-1", 200],
      ["a version that never was", "secret/data/app/db?version=9", 404],
      ["an empty version", "secret/data/app/db?version=", 200],
      ["two versions", "secret/data/app/db?version=1&version=2", 400],
      ["a version too large", "secret/data/app/db?version=99999999999999999999", 400],
      ["a version that is no number", "secret/data/app/db?version=latest", 400],
      ["a deleted version", "secret/data/app/history?version=1", 404],
      ["a destroyed version", "secret/data/app/history?version=2", 404],
      ["the latest of a history", "secret/data/app/history", 200],
      ["a secret whose only version is deleted", "secret/data/app/deleted", 404],
      ["a secret whose only version is destroyed", "secret/data/app/destroyed", 404],
      ["values that are not text", "secret/data/app/typed", 200],
      ["a secret without fields", "secret/data/app/empty", 200],
      ["an empty value", "secret/data/app/blank", 200],
      ["a name with every odd character", "secret/data/app/odd%20name%3F%23%25/%C3%BC%26%2B", 200],
      ["a name with an encoded slash", "secret/data/app%2Fdb", 200],
      ["a name with a slash twice", "secret/data/app//db?version=1&a=b", 307],
      ["a name that is badly encoded", "secret/data/app/%zz", 400],
      ["a missing secret", "secret/data/app/none", 404],
      ["a folder", "secret/data/app/", 404],
      ["a name with a slash too many", "secret/data/app/db/", 500],
      ["a KV v2 secret by its KV v1 path", "secret/app/db", 403],
      ["another's secret", "secret/data/audit/report", 403],
      ["metadata", "secret/metadata/app/db", 200],
      ["metadata of a history", "secret/metadata/app/history", 200],
      ["metadata of nothing", "secret/metadata/app/none", 404],
      ["a nested mount", "team/kv/data/app/shared", 200],
      ["a KV v1 secret", "kv1/app/plain", 200],
      ["a KV v1 secret with a hint of its life", "kv1/app/timed", 200],
      ["a missing KV v1 secret", "kv1/app/none", 404],
      ["another's KV v1 secret", "kv1/audit/plain", 403],
      ["a KV v1 secret by a KV v2 path", "kv1/data/app/plain", 403],
      ["a mount that is not there", "nowhere/app", 403],
    ])("%s", async (_, path, expected) => {
      expect(await status(path, app)).toBe(expected);
    });

    it.each([
      ["a KV v2 secret by its KV v1 path", "secret/app/db", 404],
      ["the root of a KV v2 mount", "secret/data", 404],
      ["a KV v1 secret by a KV v2 path", "kv1/data/app/plain", 404],
      ["a mount that is not there", "nowhere/app", 404],
    ])("as root, %s", async (_, path, expected) => {
      expect(await status(path, root)).toBe(expected);
    });
  });

  it("dots hidden by encoding", async () => {
    const raw = (side: Side) => askRaw(side.url, "/v1/secret/data/audit/%2e%2e/app/db", app ?? "");
    expect((await sides.same(raw)).status).toBe(400);
  });
  it("with HEAD", async () => {
    expect((await sides.both("HEAD", "secret/data/app/db", { token: app })).status).toBe(403);
    expect((await sides.both("HEAD", "secret/data/app/db", { token: root })).status).toBe(405);
    expect((await sides.both("HEAD", "sys/health")).status).toBe(200);
  });

  describe("listing", () => {
    it.each([
      ["a folder", "secret/metadata/app/?list=1", 200],
      ["a folder without its slash", "secret/metadata/app?list=true", 200],
      ["a folder in a folder", "secret/metadata/app/odd%20name%3F%23%25/?list=1", 200],
      ["an empty folder", "secret/metadata/app/none/?list=1", 404],
      ["a refused folder", "secret/metadata/audit/?list=1", 403],
      ["the top, refused", "secret/metadata/?list=1", 403],
      ["data", "secret/data/app/?list=1", 403],
      ["a folder, asked not to", "secret/metadata/app?list=false", 403],
      ["KV v1", "kv1/app/?list=1", 200],
      ["KV v1, deeper", "kv1/app/sub?list=1", 200],
      ["KV v1, empty", "kv1/app/none/?list=1", 404],
      ["KV v1, refused", "kv1/audit/?list=1", 403],
    ])("%s", async (_, path, expected) => {
      expect(await status(path, app)).toBe(expected);
    });

    it("the top, granted", async () => {
      const { body } = await sides.both("GET", "secret/metadata/?list=1", { token: audit });
      expect(body?.data).toEqual({ keys: ["app/", "audit/"] });
    });
    it("data, as root", async () => {
      expect(await status("secret/data/app?list=1", root)).toBe(405);
    });
  });

  describe("mounts", () => {
    it.each([
      ["KV v2", "secret/app/db", 200],
      ["KV v2 by its data path", "secret/data/app/db", 200],
      ["only the mount", "secret", 200],
      ["KV v1", "kv1/app/plain", 200],
      ["a nested mount", "team/kv/app/shared", 200],
      ["above a nested mount", "team", 403],
      ["nothing", "nowhere/app", 403],
    ])("%s", async (_, path, expected) => {
      expect(await status(`sys/internal/ui/mounts/${path}`, app)).toBe(expected);
    });
    it("of a stranger, of nobody, and where no policy reaches", async () => {
      expect(await status("sys/internal/ui/mounts/secret", "vlcanary-invented")).toBe(403);
      expect(await status("sys/internal/ui/mounts/secret")).toBe(403);
      expect(await status("sys/internal/ui/mounts/team/kv", audit)).toBe(403);
      expect(await status("sys/internal/ui/mounts/nowhere", root)).toBe(403);
    });
  });

  describe("namespaces", () => {
    const inside = { "x-vault-namespace": "division" };
    it.each([
      ["a secret", "secret/data/app/db", 200],
      ["a mount", "sys/internal/ui/mounts/secret/app/db", 200],
      ["oneself", "auth/token/lookup-self", 200],
      ["another's secret", "secret/data/audit/report", 403],
      ["what is only outside", "kv1/app/plain", 403],
    ])("%s inside", async (_, path, expected) => {
      expect(await status(path, app, inside)).toBe(expected);
    });
    it("by path, from outside", async () => {
      expect(await status("division/secret/data/app/db", app)).toBe(200);
      expect(await status("sys/internal/ui/mounts/division/secret/app/db", app)).toBe(200);
    });
    it("that are not there, whoever asks", async () => {
      const nowhere = { "x-vault-namespace": "nowhere" };
      expect(await status("secret/data/app/db", app, nowhere)).toBe(404);
      expect(await status("secret/data/app/db", "vlcanary-invented", nowhere)).toBe(404);
    });
    it("the root by name, and with a slash", async () => {
      expect(await status("secret/data/app/api", app, { "x-vault-namespace": "root" })).toBe(200);
      expect(await status("secret/data/app/db", app, { "x-vault-namespace": "division/" })).toBe(200);
    });
  });

  it("says how the node is, sealed or not", async () => {
    expect(await status("sys/health")).toBe(200);
    expect(await status("sys/seal-status")).toBe(200);
    await sides.seal();
    expect(await status("secret/data/app/db", app)).toBe(503);
    expect(await status("secret/data/app/db", app, { "x-vault-namespace": "nowhere" })).toBe(503);
    expect((await sides.both("POST", "auth/approle/login", { body: {} })).status).toBe(503);
    expect(await status("sys/health")).toBe(503);
    expect(await status("sys/seal-status")).toBe(200);
  });
}
