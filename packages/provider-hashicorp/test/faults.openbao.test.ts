import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createVault } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { findOpenBao } from "@vaultlink/stand-ins/openbao";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";
import { useHome } from "./home.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { freePort } from "./person.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, refused } from "./support.ts";

/* The same faults on a real server, and what must work there. */

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const home = useHome();
  const root = (more: Record<string, string> = {}): Record<string, string> => ({
    VAULT_ADDR: bao().url,
    VAULT_TOKEN: bao().rootToken,
    ...more,
  });
  const WIDE = `${CANARY}wide-token`;
  beforeAll(async () => {
    const policy = 'path "division/*" { capabilities = ["read", "list"] }';
    await bao().admin("PUT", "sys/policies/acl/wide", { policy });
    await bao().admin("POST", "auth/token/create", { id: WIDE, policies: ["wide"] });
    await bao().admin("POST", "auth/approle/role/open", {
      bind_secret_id: false,
      token_bound_cidrs: ["127.0.0.0/8"],
      token_policies: ["app"],
    });
    await bao().admin("POST", "auth/approle/role/open/role-id", { role_id: "role-of-open" });
  });
  const children: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of children.splice(0)) await stop();
  });

  it.each([
    "auth/token/lookup-self",
    "division/auth/token/lookup-self",
    "division/sys/mounts",
    "division/sys/internal/ui/mounts",
    "division/cubbyhole/response",
    "division/identity/oidc/token/role",
  ])("H2: refuses %s, which the server itself would answer", async (path) => {
    const env = { VAULT_ADDR: bao().url, VAULT_TOKEN: WIDE };
    for (const options of [{}, { kvVersion: 1 }, { mount: "division", kvVersion: 1 }] as const) {
      const { session, read } = await open(env, options);
      await refused(read(path), "invalid_reference");
      const listed = session.list?.({ prefix: `${path}/` }, context({}));
      await refused(Promise.resolve(listed?.[Symbol.asyncIterator]().next()), "invalid_reference");
      await session.close?.();
    }
    const vault = createVault({ connections: { hcv: hashicorp() }, env });
    await refused(vault.get(`hcv://${path}#id`), "invalid_reference");
    await vault.close();
  });

  it.each([
    "division/auth%2Ftoken%2Flookup-self",
    "division/AUTH/token/lookup-self",
    "Division/auth/token/lookup-self",
  ])("H2: gives no token for %s, in a spelling of its own", async (path) => {
    const { session, read } = await open({ VAULT_ADDR: bao().url, VAULT_TOKEN: WIDE }, { kvVersion: 1 });
    await expect(read(path)).rejects.toBeDefined();
    await session.close?.();
  });

  it.each(["secret/auth/db", "secret/sys/db", "kv1/auth/token/lookup-self"])(
    "H2: reads the secret %s",
    async (path) => {
      const fields = { password: `${CANARY}below-auth` };
      const kv1 = path.startsWith("kv1/");
      await bao().admin("POST", kv1 ? path : path.replace("secret/", "secret/data/"), kv1 ? fields : { data: fields });
      const { session, read } = await open(root(), { mount: "kv1", kvVersion: 1 });
      await expect(read(path)).resolves.toMatchObject({ value: fields, id: path });
      await session.close?.();
    },
  );

  it("H3: says what a success without fields is", async () => {
    await bao().admin("POST", "sys/mounts/pki", { type: "pki" });
    await bao().admin("POST", "pki/root/generate/internal", { common_name: "root" });
    await bao().admin("POST", "sys/mounts/ssh", { type: "ssh" });
    await bao().admin("POST", "ssh/config/ca", { generate_signing_key: true });
    await bao().admin("POST", "secret/data/nothing", { data: null });
    const { session, read } = await open(root());
    for (const path of ["pki/ca/pem", "pki/ca", "pki/crl", "pki/crl/pem", "ssh/public_key"]) {
      expect((await refused(read(path), "unusable")).details.reason).toBe("not-fields");
    }
    expect((await refused(read("secret/nothing"), "unusable")).details.reason).toBe("empty");
    await expect(read("pki/cert/ca")).resolves.toMatchObject({ expiresAt: 0 });
    await session.close?.();
  });

  it("C2: keeps the digits of numbers that the server keeps", async () => {
    const url = `${bao().url}/v1/kv1/numbers`;
    const body = '{"id":12345678901234567890,"price":1.50,"many":1e5,"deep":{"list":[1.10]}}';
    await fetch(url, { method: "POST", headers: { "x-vault-token": bao().rootToken }, body });
    const vault = createVault({ connections: { hcv: hashicorp() }, env: root() });
    const reveal = async (field: string): Promise<string> => (await vault.get(`hcv://kv1/numbers#${field}`)).reveal();
    expect(await reveal("id")).toBe("12345678901234567890");
    expect(await reveal("price")).toBe("1.50");
    expect(await reveal("many")).toBe("1e5");
    expect(await reveal("/deep/list/0")).toBe("1.10");
    await vault.close();
  });

  it.each(["a\\b", "a.", "...", "..a", " a ", "a%b", "a%2Fb", "a+*", "{{x}}", "é", "e\u0301", "😀"])(
    "H10: reads %j from both versions of KV",
    async (name) => {
      const fields = { password: `${CANARY}of-a-name` };
      await bao().admin("POST", `secret/data/names/${encodeURIComponent(name)}`, { data: fields });
      await bao().admin("POST", `kv1/names/${encodeURIComponent(name)}`, fields);
      const { session } = await open(root());
      for (const mount of ["secret", "kv1"]) {
        const path = `${mount}/names/${name}`;
        await expect(session.read({ path, query: {} }, context({}))).resolves.toMatchObject({
          value: fields,
          id: path,
        });
      }
      await session.close?.();
    },
  );

  it("H6: signs in with a password that begins and ends with blanks", async () => {
    const password = ` ${CANARY}between blanks `;
    await bao().admin("POST", "auth/userpass/users/blanks", { password, token_policies: ["app"] });
    const auth = { method: "userpass", username: "blanks" } as const;
    const passwordFile = await home.keep("password", `${password}\n`);
    for (const [more, options] of [
      [{ VAULT_PASSWORD: password }, auth],
      [{}, { ...auth, passwordFile }],
    ] as const) {
      const { session, read } = await open({ VAULT_ADDR: bao().url, ...more }, { auth: options });
      await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
      await session.close?.();
    }
  });

  it("H5: signs in as an AppRole without secret ids, and says which one lacks one", async () => {
    const env = { VAULT_ADDR: bao().url };
    const { session, read } = await open(env, { auth: { method: "approle", roleId: "role-of-open" } });
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    await session.revoke?.(context({}));
    await session.close?.();
    const { roleId } = pick(bao().credentials, "app").approle;
    const error = await refused(open(env, { auth: { method: "approle", roleId } }), "unauthenticated");
    expect(error.message).toBe("There is no secret id for the AppRole.");
  });

  it("H1: tells a token helper what the vault's own command tells it", async () => {
    const helper = '#!/bin/sh\nenv > "$HOME/told"\nprintf %s "$KEPT"\n';
    await home.keep(".vault", `token_helper = "${await home.keep("helper", helper, 0o700)}"`);
    const env = { HOME: home.path, KEPT: bao().rootToken, VAULT_ADDR: "https://other.test" };
    const told = async (): Promise<readonly string[]> =>
      (await readFile(join(home.path, "told"), "utf8"))
        .split("\n")
        .filter((line) => /^VAULT_(?:ADDR|NAMESPACE)=/.test(line));
    const provider = hashicorp({ address: bao().url, namespace: "division" });
    const session = await provider.open(context(env, { programEnv: env }));
    await session.close?.();
    expect((await told()).toSorted()).toEqual([`VAULT_ADDR=${bao().url}`, "VAULT_NAMESPACE=division"]);
  });

  it("H9: reads through the server's own agent, which signs in by itself", async () => {
    const port = await freePort();
    const file = await home.keep("role-id", "role-of-open");
    const config = await home.keep(
      "agent.hcl",
      [
        `vault { address = "${bao().url}" }`,
        `auto_auth { method "approle" { config = { role_id_file_path = "${file}" } } }`,
        "api_proxy { use_auto_auth_token = true }",
        `listener "tcp" { address = "127.0.0.1:${port}" tls_disable = true require_request_header = true }`,
      ].join("\n"),
    );
    const found = findOpenBao();
    const child = spawn("bin" in found ? found.bin : "", ["agent", `-config=${config}`], {
      env: { HOME: home.path },
      stdio: "ignore",
    });
    children.push(async () => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    });
    const env = { VAULT_AGENT_ADDR: `http://127.0.0.1:${port}`, VAULT_ADDR: bao().url };
    const signIn = (): ReturnType<typeof open> => open(env, { auth: { method: "agent" } });
    await expect
      .poll(() =>
        signIn().then(
          ({ session }) => session.close?.().then(() => true),
          () => false,
        ),
      )
      .toBe(true);
    const { session, read } = await signIn();
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    expect(session.roles).toContain("app");
    expect(session.identity).toContain(`127.0.0.1:${port}`);
    expect(await session.renew?.(context({}))).toBeGreaterThan(Date.now());
    await session.close?.();
  });

  it("R1: ends a session whose renewal brings other policies, and goes on where it does not", async () => {
    const { userpass } = pick(bao().credentials, "app");
    const auth = { method: "userpass", username: userpass.username, password: userpass.password } as const;
    const { session, read } = await open({ VAULT_ADDR: bao().url }, { auth });
    expect(await session.renew?.(context({}))).toBeGreaterThan(Date.now());
    await read("secret/app/api");
    const signedIn = await bao().admin("POST", `auth/userpass/login/${userpass.username}`, {
      password: userpass.password,
    });
    const { entity_id } = signedIn.auth as unknown as { entity_id: string };
    await bao().admin("POST", "identity/group", {
      name: "auditors",
      policies: ["audit"],
      member_entity_ids: [entity_id],
    });
    await refused(session.renew?.(context({})) ?? Promise.resolve(), "unauthenticated");
    await refused(read("secret/app/api"), "unauthenticated");
    await session.revoke?.(context({}));
    await session.close?.();
  });
});
