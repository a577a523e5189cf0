import { setTimeout } from "node:timers/promises";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { credentialsOf, type VaultCredentials } from "../vault/credentials.ts";
import { VAULT_SEED, type SeedIdentity, type SeedMount, type VaultSeed } from "../vault/seed.ts";
import type { OpenBao, OpenBaoReply } from "./openbao.ts";

/** What a seeded server offers, in the stand-in's words. */
export interface SeededOpenBao {
  readonly env: Readonly<Record<string, string>>;
  readonly credentials: Readonly<Record<string, VaultCredentials>>;
  /** What of the seed this server cannot have. */
  readonly absent: readonly string[];
}

type Send = (method: string, path: string, body?: unknown, namespace?: string) => Promise<void>;

/** Databases need a database, LDAP a directory, Kubernetes a cluster; the wheel's server has no LDAP at all. */
const ABSENT: ReadonlySet<string> = new Set(["database", "ldap", "kubernetes"]);

/** Gives a fresh server the mounts, secrets, policies and logins of a seed. */
export async function seedOpenBao(bao: OpenBao, seed: VaultSeed = VAULT_SEED): Promise<SeededOpenBao> {
  const send: Send = async (method, path, body, namespace) => {
    const headers = namespace === undefined ? {} : { "x-vault-namespace": namespace };
    const ask = (): Promise<OpenBaoReply> => bao.call(method, path, body, bao.rootToken, headers);
    let reply = await ask();
    // A KV 2 mount answers so for a moment after it was made: https://developer.hashicorp.com/vault/docs/secrets/kv/kv-v2
    while (reply.status === 400 && JSON.stringify(reply.body).includes("Upgrading from non-versioned")) {
      await setTimeout(20);
      reply = await ask();
    }
    const { status } = reply;
    if (status >= 300) throw new Error(`OpenBao answered ${status} to ${method} ${path}.`);
  };
  const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  for (const name of seed.namespaces) await send("POST", `sys/namespaces/${name.slice(0, -1)}`, {});
  for (const mount of seed.mounts) if (!ABSENT.has(mount.type)) await seedMount(mount, seed, send);
  for (const [name, rules] of Object.entries(seed.policies)) {
    const path = Object.fromEntries(Object.entries(rules).map(([at, capabilities]) => [at, { capabilities }]));
    await send("PUT", `sys/policies/acl/${name}`, { policy: JSON.stringify({ path }) });
  }
  for (const { path, type } of seed.auth) {
    if (ABSENT.has(type)) continue;
    await send("POST", `sys/auth/${path.slice(0, -1)}`, { type });
    if (type === "jwt") {
      await send("POST", `auth/${path}config`, {
        jwt_validation_pubkeys: [keys.publicKey.export({ type: "spki", format: "pem" })],
      });
    }
    for (const [name, identity] of Object.entries(seed.identities)) await seedLogin(path, type, name, identity, send);
  }
  for (const { token, policies } of Object.values(seed.identities)) {
    await send("POST", "auth/token/create", { id: token, policies });
  }
  return {
    env: { VAULT_ADDR: bao.url, VAULT_TOKEN: seed.identities["app"]?.token ?? "" },
    credentials: realCredentials(seed, keys.privateKey),
    absent: [...ABSENT],
  };
}

async function seedMount(mount: SeedMount, seed: VaultSeed, send: Send): Promise<void> {
  const namespace = seed.namespaces.find((name) => mount.path.startsWith(name));
  const path = mount.path.slice(namespace?.length ?? 0);
  // Development mode brings this one.
  if (mount.path !== "secret/") {
    const options = { version: mount.type === "kv-v1" ? "1" : "2" };
    await send("POST", `sys/mounts/${path.slice(0, -1)}`, { type: "kv", options }, namespace);
  }
  for (const [name, fields] of Object.entries(mount.entries ?? {})) {
    await send("POST", `${path}${encode(name)}`, fields, namespace);
  }
  for (const [name, { versions, custom }] of Object.entries(mount.secrets ?? {})) {
    for (const { data } of versions) await send("POST", `${path}data/${encode(name)}`, { data }, namespace);
    for (const [at, { state }] of versions.entries()) {
      const verb = state === "destroyed" ? "destroy" : "delete";
      if (state) await send("POST", `${path}${verb}/${encode(name)}`, { versions: [at + 1] }, namespace);
    }
    if (custom) await send("POST", `${path}metadata/${encode(name)}`, { custom_metadata: custom }, namespace);
  }
}

async function seedLogin(path: string, type: string, name: string, identity: SeedIdentity, send: Send): Promise<void> {
  const token = {
    token_policies: identity.policies,
    token_ttl: identity.tokenTtl,
    token_max_ttl: identity.tokenMaxTtl,
  };
  if (type === "approle") {
    await send("POST", `auth/${path}role/${name}`, token);
    await send("POST", `auth/${path}role/${name}/role-id`, { role_id: identity.roleId });
    await send("POST", `auth/${path}role/${name}/custom-secret-id`, { secret_id: identity.secretId });
  }
  if (type === "userpass") await send("POST", `auth/${path}users/${name}`, { password: identity.password, ...token });
  if (type === "jwt") {
    await send("POST", `auth/${path}role/${name}`, {
      role_type: "jwt",
      user_claim: "sub",
      bound_audiences: ["vaultlink"],
      ...token,
    });
  }
}

function realCredentials(seed: VaultSeed, key: KeyObject): SeededOpenBao["credentials"] {
  return Object.fromEntries(
    Object.entries(credentialsOf(seed)).map(([name, { jwt, ...others }]) => {
      const kept = Object.entries(others).filter(([method]) => !ABSENT.has(method));
      return [name, { ...(Object.fromEntries(kept) as typeof others), jwt: { ...jwt, jwt: vouch(name, key) } }];
    }),
  );
}

/** A JWT for a day, as an identity's platform would sign it. */
function vouch(name: string, key: KeyObject): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ sub: name, aud: "vaultlink", iat: now, exp: now + 86_400, jti: "vlcanary-jwt" })}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}

function encode(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}
