import { CANARY, startFaulty, startVault, THROTTLED_FOR_MS, VAULT_SEED } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { hashicorp, plugin } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { watchLogins } from "./watch-logins.ts";

/** The conformance subject on the stand-in; `stop` ends its servers. */
export async function standInSubject(): Promise<Subject & { stop(): Promise<void> }> {
  const vault = await startVault();
  const faulty = await startFaulty(startVault);
  const address = vault.url;
  const { token, approle } = pick(vault.credentials, "app");
  vault.put("secret/app/changing", { password: `${CANARY}unchanged` });
  vault.setPolicy("reader", { "secret/data/app/*": ["read"] });
  const reader = vault.issueToken({ policies: ["reader"] });
  const logins = watchLogins(address);
  let lapsing: string | undefined;
  return {
    provider: () => hashicorp({ address }),
    env: { VAULT_TOKEN: token },
    existing: EXISTING,
    missing: at("secret/app/nope"),
    denied: at("secret/audit/report"),
    unusable: at("secret/app/deleted"),
    impossible: at("secret/app/db?version=newest"),
    empty: { locator: at("secret/app/empty"), value: {} },
    pinned: PINNED,
    changing: {
      locator: at("secret/app/changing"),
      change: () => {
        const fields = { password: `${CANARY}changed` };
        vault.put("secret/app/changing", fields);
        return fields;
      },
    },
    canaries: CANARIES,
    broken: (fault) => {
      if (fault === "bad-credentials") return hashicorp({ address, auth: { token: `${CANARY}wrong-token` } });
      if (fault === "lapse") {
        lapsing = vault.issueToken({ policies: ["app"] });
        return hashicorp({ address, auth: { token: lapsing } });
      }
      return hashicorp({ address: faulty.servers[fault].url });
    },
    lapse: () => {
      if (lapsing !== undefined) vault.revoke(lapsing);
    },
    requests: () => vault.log.count() + faulty.requests(),
    writes: () => vault.log.writes.length + faulty.writes(),
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(token),
    redirected: faulty.redirected,
    other: () => hashicorp({ address }),
    otherEnv: { VAULT_TOKEN: pick(vault.credentials, "audit").token },
    interactive: { provider: () => hashicorp({ address }), answer: () => token },
    listed: "secret/app/",
    unlisted: () => hashicorp({ address, auth: { token: reader } }),
    found: () => hashicorp({ address }),
    obtained: {
      provider: () =>
        hashicorp({
          address,
          fetch: logins.fetch,
          auth: { method: "approle", roleId: approle.roleId, secretId: approle.secretId },
        }),
      ended: logins.ended,
    },
    lease: {
      locator: at("database/creds/app"),
      ended: (lease) => vault.leases().find(({ id }) => id === lease)?.revoked === true,
    },
    insecure: () => hashicorp({ address: "http://vault.example:8200" }),
    plugin,
    badOptions: BAD_OPTIONS,
    fresh: FRESH,
    stop: async () => {
      await faulty.stop();
      await vault.stop();
    },
  };
}

/** A member that a seed is known to have. */
export function pick<T>(record: Readonly<Record<string, T>>, name: string): T {
  const held = record[name];
  if (held === undefined) throw new Error(`The seed has no ${name}.`);
  return held;
}

/** What the seed holds, on the stand-in and on a real server alike. */
export const EXISTING: Subject["existing"] = [
  { locator: at("secret/app/db"), value: { username: "app", password: "vlcanary-db-password-2" } },
  { locator: at("secret/app/api"), value: { key: "vlcanary-api-key" } },
  {
    locator: at("secret/app/typed"),
    value: { text: "vlcanary-text", number: 5432, flag: true, nothing: null, nested: { list: [1, "two"] } },
  },
  { locator: { path: "secret/app/odd name?#%/ü&+", query: {} }, value: { password: "vlcanary-odd-name" } },
  { locator: at("kv1/app/plain"), value: { username: "app", password: "vlcanary-kv1-password" } },
  { locator: at("kv1/app/timed"), value: { password: "vlcanary-kv1-timed", ttl: "30s" } },
  { locator: at("team/kv/app/shared"), value: { password: "vlcanary-shared" } },
];
export const PINNED: NonNullable<Subject["pinned"]> = {
  locator: at("secret/app/db?version=1"),
  value: { username: "app", password: "vlcanary-db-password-1" },
};
export const BAD_OPTIONS: NonNullable<Subject["badOptions"]> = [
  { option: "kvVersion", options: { kvVersion: 3 } },
  { option: "auth.method", options: { auth: { method: "guess" } } },
];
/** The same subject in a process of its own, for what this one has loaded long ago. */
const FRESH: NonNullable<Subject["fresh"]> = {
  module: new URL("fresh.ts", import.meta.url),
  sdk: ["node-vault", "axios"],
  nodeOptions: ["--conditions=source"],
};
/** Every fake secret begins so, and the scan is for this part. */
export const CANARIES: readonly string[] = [CANARY, VAULT_SEED.rootToken];
