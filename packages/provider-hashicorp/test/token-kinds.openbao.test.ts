import { createVault } from "@vaultlink/core";
import { describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, type Opened, refused } from "./support.ts";

/* Kinds of tokens as a real server makes them. What core does with their times is on the stand-in. */

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const HOUR = 3_600_000;

  async function create(token: object): Promise<string> {
    const made = await bao().admin("POST", "auth/token/create", { policies: ["app"], ...token });
    return made.auth?.client_token ?? "";
  }
  const withToken = async (token: object, auth: object = {}, more: object = {}): Promise<Opened> =>
    open({ VAULT_ADDR: bao().url }, { auth: { token: await create(token), ...auth }, ...more });

  it("extends a periodic token by its period, again and again", async () => {
    const { session } = await withToken({ period: "2h" });
    for (let times = 0; times < 2; times++) {
      const from = Date.now();
      const until = await session.renew?.(context({}));
      expect(until).toBeGreaterThan(from + HOUR);
      expect(until).toBeLessThanOrEqual(Date.now() + 2 * HOUR);
    }
    await session.close?.();
  });

  it("extends a token no further than it may live", async () => {
    const { session } = await withToken({ ttl: "1h", explicit_max_ttl: "1h" });
    expect(await session.renew?.(context({}))).toBeLessThanOrEqual(Date.now() + HOUR);
    await session.close?.();
  });

  it("offers no renewal of a token that is not renewable", async () => {
    const { session } = await withToken({ ttl: "1h", renewable: false });
    expect("renew" in session).toBe(false);
    expect(session.expiresAt).toBeLessThanOrEqual(Date.now() + HOUR);
    await session.close?.();
  });

  it("offers no renewal of a batch token either, which has an end", async () => {
    const { read, session } = await withToken({ type: "batch", ttl: "1h" });
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    expect("renew" in session).toBe(false);
    expect(session.expiresAt).toBeGreaterThan(Date.now());
    await session.close?.();
  });

  it("says that a login's batch token lives on after a disconnect, and until when", async () => {
    await bao().admin("POST", "auth/approle/role/batch", {
      token_policies: ["app"],
      token_type: "batch",
      token_ttl: 600,
    });
    await bao().admin("POST", "auth/approle/role/batch/role-id", { role_id: "role-of-batch" });
    const secretId = "vlcanary-batch-secret-id";
    await bao().admin("POST", "auth/approle/role/batch/custom-secret-id", { secret_id: secretId });
    const auth = { method: "approle", roleId: "role-of-batch", secretId } as const;
    const vault = createVault({ connections: { hcv: hashicorp({ address: bao().url, auth }) }, env: {} });
    await vault.get("hcv://secret/app/api#key");
    const gone = await vault.disconnect("hcv");
    expect(gone.remote).toBe("not-revoked");
    expect(gone.expiresAt).toBeGreaterThan(Date.now());
    await vault.close();
  });

  it("counts policies that come by a group among those of a login and of a token that was found", async () => {
    const { userpass } = pick(bao().credentials, "app");
    const env = { VAULT_ADDR: bao().url };
    const auth = { method: "userpass", username: userpass.username, password: userpass.password } as const;
    const signedIn = await bao().call("POST", `auth/userpass/login/${userpass.username}`, {
      password: userpass.password,
    });
    const granted = (signedIn.body as { auth: { client_token: string; entity_id: string } }).auth;
    const group = { name: "operators", policies: ["audit"], member_entity_ids: [granted.entity_id] };
    await bao().admin("POST", "identity/group", group);
    const [login, found] = [await open(env, { auth }), await open(env, { auth: { token: granted.client_token } })];
    expect(login.session.roles).toEqual(["app", "audit", "default"]);
    expect(found.session.roles).toEqual(["app", "audit", "default"]);
    for (const { read, session } of [login, found]) {
      await expect(read("secret/audit/report")).resolves.toMatchObject({ version: "1" });
      await session.close?.();
    }
  });

  it("makes as many reads of a token as it has uses, if it may not be looked up", async () => {
    const { read, session } = await withToken({ num_uses: 3 }, { lookup: false });
    // Where things are is told for nothing.
    for (let reads = 0; reads < 3; reads++) await read("secret/app/api");
    await refused(read("secret/app/api"), "unauthenticated");
    expect(session.expiresAt).toBeUndefined();
    await session.close?.();
  });

  it("spends one use to learn whose a token is", async () => {
    const { read, session } = await withToken({ num_uses: 4 });
    expect("renew" in session).toBe(false);
    for (let reads = 0; reads < 3; reads++) await read("secret/app/api");
    await refused(read("secret/app/api"), "unauthenticated");
    await session.close?.();
  });

  it("ends a login's token at the vault although its uses are counted", async () => {
    const { roleId, secretId } = pick(bao().credentials, "app").approle;
    await bao().admin("POST", "auth/approle/role/app", { token_num_uses: 10 });
    const { read, session } = await open({ VAULT_ADDR: bao().url }, { auth: { method: "approle", roleId, secretId } });
    await read("secret/app/api");
    await session.revoke?.(context({}));
    await refused(read("secret/app/api"), "unauthenticated");
    await session.close?.();
  });
});
