import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startVault, type VaultStandIn } from "../src/index.ts";
import { VAULT_SEED } from "../src/vault/seed.ts";
import { ask } from "./ask.ts";

let vault: VaultStandIn;
let app: string;
let audit: string;

beforeEach(async () => {
  vault = await startVault();
  app = vault.credentials["app"]?.token ?? "";
  audit = vault.credentials["audit"]?.token ?? "";
});
afterEach(() => vault.stop());

const get = (path: string, token?: string, headers?: Record<string, string>) =>
  ask(vault.url, "GET", path, { token, ...(headers ? { headers } : {}) });
const post = (path: string, body?: unknown, token?: string) => ask(vault.url, "POST", path, { token, body });
const secretOf = (data: unknown): unknown => (data as { data: unknown } | undefined)?.data;

describe("two identities", () => {
  it("see different secrets", async () => {
    expect((await get("secret/data/app/db", app)).status).toBe(200);
    expect((await get("secret/data/app/db", audit)).status).toBe(403);
    expect((await get("secret/data/audit/report", audit)).status).toBe(200);
    expect((await get("secret/data/audit/report", app)).status).toBe(403);
  });

  it.each(["app", "audit"])("log in by every method as %s", async (name) => {
    const by = vault.credentials[name];
    if (!by) throw new Error("not seeded");
    const bodies: Readonly<Record<string, unknown>> = {
      "approle/": { role_id: by.approle.roleId, secret_id: by.approle.secretId },
      "team/approle/": { role_id: by.nestedApprole.roleId, secret_id: by.nestedApprole.secretId },
      "userpass/": { password: by.userpass.password },
      "ldap/": { password: by.ldap?.password },
      "jwt/": by.jwt,
      "kubernetes/": by.kubernetes,
    };
    for (const { path: mount, type } of VAULT_SEED.auth) {
      const path = `auth/${mount}login${type === "userpass" || type === "ldap" ? `/${name}` : ""}`;
      const { status, body: answer } = await post(path, bodies[mount]);
      expect([path, status]).toEqual([path, 200]);
      expect(answer?.auth?.["policies"]).toEqual([name, "default"]);
      const lookup = await get("auth/token/lookup-self", String(answer?.auth?.["client_token"]));
      expect(lookup.body?.data?.["path"]).toBe(path);
    }
    expect(vault.log.count("login.*")).toBe(VAULT_SEED.auth.length);
  });

  it("lose every login when it is disabled, and keep their tokens", async () => {
    vault.disableLogin("app");
    const by = vault.credentials["app"]?.approle;
    expect((await post("auth/approle/login", { role_id: by?.roleId, secret_id: by?.secretId })).status).toBe(400);
    expect((await get("secret/data/app/db", app)).status).toBe(200);
  });
});

describe("tokens", () => {
  it("end with their time, and then look like invented ones", async () => {
    const token = vault.issueToken({ policies: ["app"], ttl: 10 });
    vault.clock.advance(9_999);
    expect((await get("secret/data/app/db", token)).status).toBe(200);
    vault.clock.advance(1);
    const expired = await get("secret/data/app/db", token);
    const invented = await get("secret/data/app/db", "vlcanary-invented");
    expect(expired.status).toBe(403);
    expect(expired.text).toBe(invented.text);
  });

  it("are renewed up to their longest life and no further", async () => {
    const by = vault.credentials["app"]?.approle;
    const login = await post("auth/approle/login", { role_id: by?.roleId, secret_id: by?.secretId });
    const token = String(login.body?.auth?.["client_token"]);
    expect(login.body?.auth?.["lease_duration"]).toBe(1200);
    vault.clock.advance(1_000_000);
    expect((await post("auth/token/renew-self", {}, token)).body?.auth?.["lease_duration"]).toBe(1200);
    vault.clock.advance(1_100_000);
    const capped = await post("auth/token/renew-self", { increment: "2h" }, token);
    expect(capped.body?.auth?.["lease_duration"]).toBe(1500);
    expect(capped.body?.warnings).toHaveLength(1);
  });

  it("are not renewed if they do not end", async () => {
    expect((await post("auth/token/renew-self", {}, vault.rootToken)).status).toBe(400);
  });

  it("are used up, by lookups too", async () => {
    const token = vault.issueToken({ policies: ["app"], uses: 2 });
    expect((await get("auth/token/lookup-self", token)).body?.data?.["num_uses"]).toBe(1);
    expect((await get("secret/data/app/db", token)).status).toBe(200);
    expect((await get("secret/data/app/db", token)).status).toBe(403);
  });

  it("end when they revoke themselves, with their leases", async () => {
    const token = vault.issueToken({ policies: ["app"] });
    await get("database/creds/app", token);
    expect((await post("auth/token/revoke-self", undefined, token)).status).toBe(204);
    expect((await get("auth/token/lookup-self", token)).status).toBe(403);
    expect(vault.leases().map(({ revoked }) => revoked)).toEqual([true]);
  });

  it("are revoked one identity at a time, or all but root", async () => {
    vault.revoke("app");
    expect((await get("secret/data/app/db", app)).status).toBe(403);
    expect((await get("secret/data/audit/report", audit)).status).toBe(200);
    vault.revokeAll();
    expect((await get("secret/data/audit/report", audit)).status).toBe(403);
    expect((await get("secret/data/app/db", vault.rootToken)).status).toBe(200);
  });

  it("are unwrapped once", async () => {
    const wrapping = vault.issueWrapped({ policies: ["app"] });
    const opened = await post("sys/wrapping/unwrap", undefined, wrapping);
    expect((await get("secret/data/app/db", String(opened.body?.auth?.["client_token"]))).status).toBe(200);
    expect((await post("sys/wrapping/unwrap", undefined, wrapping)).status).toBe(400);
  });
});

describe("changes at the vault", () => {
  it("show in the next read", async () => {
    vault.put("secret/app/db", { password: "vlcanary-new" });
    vault.put("kv1/app/plain", { password: "vlcanary-new" });
    const v2 = await get("secret/data/app/db", app);
    expect(secretOf(v2.body?.data)).toEqual({ password: "vlcanary-new" });
    expect((await get("kv1/app/plain", app)).body?.data).toEqual({ password: "vlcanary-new" });
    vault.delete("secret/app/db");
    vault.delete("kv1/app/plain");
    const deleted = await get("secret/data/app/db", app);
    expect([deleted.status, secretOf(deleted.body?.data)]).toEqual([404, null]);
    expect((await get("kv1/app/plain", app)).body).toEqual({ errors: [] });
    vault.destroy("secret/app/db", [1]);
    const destroyed = await get("secret/data/app/db?version=1", app);
    expect(destroyed.body?.data?.["metadata"]).toMatchObject({ destroyed: true, version: 1 });
    vault.remove("secret/app/db");
    expect((await get("secret/data/app/db", app)).body).toEqual({ errors: [] });
  });

  it("to a policy hold for tokens that exist", async () => {
    vault.setPolicy("app", { "secret/data/app/api": ["read"] });
    expect((await get("secret/data/app/db", app)).status).toBe(403);
    expect((await get("secret/data/app/api", app)).status).toBe(200);
    vault.setPolicy("app", { "secret/data/app/*": ["read"], "secret/data/app/api": ["deny"] });
    expect((await get("secret/data/app/db", app)).status).toBe(200);
    expect((await get("secret/data/app/api", app)).status).toBe(403);
  });
});

describe("dynamic secrets", () => {
  it("are made anew by each read, and revoked by their lease", async () => {
    const first = await get("database/creds/app", app);
    const second = await get("database/creds/app", app);
    expect(first.body?.data).not.toEqual(second.body?.data);
    expect(first.body?.lease_duration).toBe(3600);
    const revoke = { lease_id: first.body?.lease_id };
    expect((await post("sys/leases/revoke", revoke, audit)).status).toBe(403);
    expect((await post("sys/leases/revoke", revoke, app)).status).toBe(204);
    expect(vault.leases().map(({ revoked }) => revoked)).toEqual([true, false]);
  });
});

describe("namespaces", () => {
  it("are chosen by the header, or by the path", async () => {
    const inside = await get("secret/data/app/db", app, { "x-vault-namespace": "division" });
    expect(secretOf(inside.body?.data)).toEqual({ password: "vlcanary-division-db" });
    const byPath = await get("division/secret/data/app/db", app);
    expect(byPath.body?.data).toEqual(inside.body?.data);
    expect((await get("secret/data/app/db", app, { "x-vault-namespace": "nowhere" })).status).toBe(404);
  });
});

describe("the log", () => {
  it("tells who asked what, and no secret", async () => {
    await get("secret/data/app/db?version=1", app);
    await get("secret/data/app/db", "vlcanary-invented");
    await get("secret/data/app/db");
    expect(vault.log.requests.map(({ credential, status }) => [credential, status])).toEqual([
      ["app", 200],
      ["unknown", 403],
      ["none", 403],
    ]);
    expect(vault.log.requests[0]?.query).toEqual(["version"]);
    expect(vault.log.counts).toEqual({ "kv2.read": 3 });
    expect(JSON.stringify(vault.log.requests)).not.toContain("vlcanary-");
  });
});
