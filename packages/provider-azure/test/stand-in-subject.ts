import { CANARY, startAzure, startFaulty, THROTTLED_FOR_MS } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { azure, plugin } from "../src/index.ts";
import { BAD_OPTIONS, BYTES, CANARIES, EXISTING, IDENTIFIERS, IGNORED_ENV, PINNED, secretOf } from "./seeded.ts";
import { locator } from "./support.ts";

/** The conformance subject on the stand-in; `stop` ends its servers. */
export async function standInSubject(): Promise<Subject & { stop(): Promise<void> }> {
  const standIn = await startAzure();
  const faulty = await startFaulty(startAzure, "secrets.*");
  const vaults = [standIn.url, standIn.vaults["shared"] ?? "", standIn.vaults["third"] ?? ""];
  const shared = new URL(vaults[1] ?? "").host;
  const { AZURE_CLIENT_SECRET: _, ...withoutSecret } = standIn.env;
  const ca = `${standIn.ca}${Object.values(faulty.servers)
    .map((server) => server.ca)
    .join("")}`;
  standIn.put("app/changing", `${CANARY}unchanged`);
  return {
    provider: () => azure({ vaults }),
    env: standIn.env,
    existing: [...EXISTING, { locator: locator(`${shared}/token`), value: `${CANARY}shared-token` }],
    missing: locator("none"),
    denied: locator("audit-report"),
    unusable: locator("disabled"),
    impossible: locator("with_underscore"),
    empty: { locator: locator("empty"), value: "" },
    pinned: PINNED,
    bytes: BYTES,
    changing: {
      locator: locator("changing"),
      change: () => {
        standIn.put("app/changing", `${CANARY}changed`);
        return `${CANARY}changed`;
      },
    },
    canaries: CANARIES,
    broken: (fault) => {
      if (fault === "bad-credentials") return azure({ auth: { clientSecret: `${CANARY}wrong-secret` } });
      if (fault === "lapse") return azure();
      return azure({ vaultUrl: faulty.servers[fault].url, ca });
    },
    // What was given so far; signing in works again.
    // The SDK asks once more, since a 401 may be a challenge.
    requestsPerLapse: 2,
    lapse: () => standIn.revoke("app"),
    requests: () => standIn.log.count() + faulty.requests(),
    writes: () => standIn.log.writes.length + faulty.writes(),
    // One more tells a deleted secret from one that never was.
    requestsPerRefusal: 2,
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(CANARY),
    redirected: faulty.redirected,
    other: () => azure(),
    otherEnv: standIn.envOf("audit"),
    interactive: {
      provider: () => azure({ auth: { method: "client-secret" } }),
      env: withoutSecret,
      answer: () => secretOf("app"),
    },
    unlisted: () =>
      azure({ auth: { clientId: standIn.envOf("single")["AZURE_CLIENT_ID"] ?? "", clientSecret: secretOf("single") } }),
    found: () => azure(),
    insecure: () => azure({ vaultUrl: "http://vault.example" }),
    plugin,
    badOptions: BAD_OPTIONS,
    identifiers: IDENTIFIERS,
    ignoredEnv: IGNORED_ENV,
    fresh: FRESH,
    stop: async () => {
      await faulty.stop();
      await standIn.stop();
    },
  };
}

/** The same subject in a process of its own, for what this one has loaded long ago. */
const FRESH: NonNullable<Subject["fresh"]> = {
  module: new URL("fresh.ts", import.meta.url),
  sdk: [
    "@azure/identity",
    "@azure/keyvault-secrets",
    "@azure/core-rest-pipeline",
    "@azure/msal-node",
    "@azure/logger",
    "@typespec/ts-http-runtime",
  ],
  nodeOptions: ["--conditions=source"],
};
