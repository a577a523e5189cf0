import { AWS_ACCOUNT, AWS_OTHER_ACCOUNT, CANARY, startAws, startFaulty, THROTTLED_FOR_MS } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { aws, plugin } from "../src/index.ts";
import { BAD_OPTIONS, BYTES, CANARIES, EXISTING, IGNORED_ENV, keysOf, PINNED, parsed, typesKeys } from "./seeded.ts";
import { locator } from "./support.ts";

/** The conformance subject on the stand-in; `stop` ends its servers. */
export async function standInSubject(): Promise<Subject & { stop(): Promise<void> }> {
  const vault = await startAws();
  const faulty = await startFaulty(startAws);
  const elsewhere = vault.arn("app/elsewhere", AWS_OTHER_ACCOUNT);
  const { AWS_ENDPOINT_URL, AWS_REGION } = vault.env as Record<"AWS_ENDPOINT_URL" | "AWS_REGION", string>;
  vault.put("app/changing", `${CANARY}unchanged`);
  return {
    provider: () => aws(),
    env: vault.env,
    existing: [...EXISTING, { locator: locator(elsewhere), value: `${CANARY}elsewhere` }],
    missing: locator("app/none"),
    denied: locator("audit/report"),
    unusable: locator("app/deleted"),
    impossible: locator("app/with space"),
    alias: locator(vault.arn("app/db").slice(0, -7)),
    pinned: PINNED,
    bytes: BYTES,
    changing: {
      locator: locator("app/changing"),
      change: () => {
        vault.put("app/changing", `${CANARY}changed`);
        return `${CANARY}changed`;
      },
    },
    canaries: CANARIES,
    broken: (fault) => {
      if (fault === "bad-credentials") {
        return aws({ auth: { accessKeyId: "AKIANOBODY", secretAccessKey: `${CANARY}wrong-key` } });
      }
      if (fault === "lapse") {
        return aws({ role: { arn: `arn:aws:iam::${AWS_ACCOUNT}:role/external`, externalId: "partner-7" } });
      }
      return aws({ endpoint: faulty.servers[fault].url, stsEndpoint: faulty.servers[fault].url });
    },
    // What the role was given so far; it can be assumed again.
    lapse: () => vault.revoke("external"),
    requests: () => vault.log.count() + faulty.requests(),
    writes: () => vault.log.writes.length + faulty.writes(),
    throttledForMs: THROTTLED_FOR_MS,
    witness: () => faulty.sightings(CANARY),
    redirected: faulty.redirected,
    other: () => aws(),
    otherEnv: vault.envOf("audit"),
    interactive: {
      provider: () => aws({ auth: { method: "keys" } }),
      env: { AWS_ENDPOINT_URL, AWS_REGION },
      answer: typesKeys,
    },
    listed: "app/",
    ignoredEnv: IGNORED_ENV,
    unlisted: () => aws(keysOf("single")),
    found: () => aws(),
    insecure: () => aws({ region: "eu-west-1", endpoint: "http://vault.example" }),
    plugin,
    badOptions: BAD_OPTIONS,
    identifiers: [parsed(vault.arn("app/db")), parsed(elsewhere), parsed(elsewhere.slice(0, -7))],
    fresh: FRESH,
    stop: async () => {
      await faulty.stop();
      await vault.stop();
    },
  };
}

/** The same subject in a process of its own, for what this one has loaded long ago. */
const FRESH: NonNullable<Subject["fresh"]> = {
  module: new URL("fresh.ts", import.meta.url),
  sdk: ["@aws-sdk/client-secrets-manager", "@aws-sdk/client-sts", "@aws-sdk/credential-providers", "@smithy/core"],
  nodeOptions: ["--conditions=source"],
};
