import { CANARY, startFaulty, startVault, THROTTLED_FOR_MS } from "@vaultlink/stand-ins";
import { seedOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import type { Subject } from "@vaultlink/testkit";
import { hashicorp, plugin } from "../src/index.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { BAD_OPTIONS, CANARIES, EXISTING, pick, PINNED } from "./stand-in-subject.ts";
import { watchLogins } from "./watch-logins.ts";

/** Logging in, renewing and revoking: the only requests beside reading ones that may be sent. */
const OWN_CREDENTIALS = /\/(?:login|auth\/token\/(?:renew|revoke)-self|sys\/leases\/revoke)$/;

/** The same subject on a real server. What a real server cannot do, misbehave, the stand-in does for it. */
export async function openBaoSubject(): Promise<Subject & { stop(): Promise<void> }> {
  const bao = await startOpenBao();
  const { credentials } = await seedOpenBao(bao);
  const faulty = await startFaulty(startVault);
  const address = bao.url;
  const { token, approle } = pick(credentials, "app");
  const reader = `${CANARY}reader-token`;
  await bao.call("PUT", "sys/policies/acl/reader", { policy: 'path "secret/data/app/*" { capabilities = ["read"] }' });
  await bao.call("POST", "auth/token/create", { id: reader, policies: ["reader"] });
  const logins = watchLogins(address);
  let requests = 0;
  let writes = 0;
  const counted: typeof fetch = (input, init) => {
    // What is cancelled before it is sent does not arrive.
    if (init?.signal?.aborted !== true) requests += 1;
    if (init?.method !== "GET" && !OWN_CREDENTIALS.test(input instanceof Request ? input.url : String(input)))
      writes += 1;
    return fetch(input, init);
  };
  const withAppRole = { method: "approle", roleId: approle.roleId, secretId: approle.secretId } as const;
  return {
    provider: () => hashicorp({ address, fetch: counted }),
    env: { VAULT_TOKEN: token },
    existing: EXISTING,
    missing: at("secret/app/nope"),
    denied: at("secret/audit/report"),
    unusable: at("secret/app/deleted"),
    impossible: at("secret/app/db?version=newest"),
    empty: { locator: at("secret/app/empty"), value: {} },
    pinned: PINNED,
    changing: {
      locator: at("secret/app/blank"),
      change: async () => {
        const fields = { password: `${CANARY}changed` };
        await bao.call("POST", "secret/data/app/blank", { data: fields });
        return fields;
      },
    },
    canaries: CANARIES,
    broken: (fault) => {
      if (fault === "bad-credentials") return hashicorp({ address, auth: { token: `${CANARY}wrong-token` } });
      if (fault === "lapse") return hashicorp({ address, auth: withAppRole });
      return hashicorp({ address: faulty.servers[fault].url });
    },
    lapse: async () => {
      await bao.call("PUT", "sys/leases/revoke-prefix/auth/approle/login");
    },
    requests: () => requests + faulty.requests(),
    writes: () => writes + faulty.writes(),
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(token),
    redirected: faulty.redirected,
    other: () => hashicorp({ address }),
    otherEnv: { VAULT_TOKEN: pick(credentials, "audit").token },
    interactive: { provider: () => hashicorp({ address }), answer: () => token },
    listed: "secret/app/",
    unlisted: () => hashicorp({ address, auth: { token: reader } }),
    found: () => hashicorp({ address }),
    obtained: {
      provider: () =>
        hashicorp({
          address,
          fetch: (input, init) => {
            // What was cancelled before it left reaches nobody.
            if (init?.signal?.aborted !== true) requests += 1;
            return logins.fetch(input, init);
          },
          auth: withAppRole,
        }),
      ended: logins.ended,
    },
    insecure: () => hashicorp({ address: "http://vault.example:8200" }),
    plugin,
    badOptions: BAD_OPTIONS,
    stop: async () => {
      await faulty.stop();
      await bao.stop();
    },
  };
}
