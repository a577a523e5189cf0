import { AWS_ACCOUNT, AWS_SEED, CANARY } from "@vaultlink/stand-ins";
import { seedMoto, startMoto } from "@vaultlink/stand-ins/moto";
import type { Subject } from "@vaultlink/testkit";
import { aws, plugin } from "../src/index.ts";
import { countingProxy } from "./counting-proxy.ts";
import { BAD_OPTIONS, BYTES, CANARIES, EXISTING, IGNORED_ENV, PINNED, parsed, typesKeys } from "./seeded.ts";
import { standInSubject } from "./stand-in-subject.ts";
import { locator } from "./support.ts";

/** The same subject on moto. What a server that lets everybody in cannot do, refuse or misbehave, the stand-in does for it. */
export async function motoSubject(): Promise<Subject & { stop(): Promise<void> }> {
  const moto = await startMoto(AWS_ACCOUNT);
  const seeded = await seedMoto(moto);
  const proxy = await countingProxy(moto.url);
  const standIn = await standInSubject();
  const env = { ...seeded.env, AWS_ENDPOINT_URL: proxy.url };
  const { AWS_ENDPOINT_URL: endpoint = "" } = standIn.env ?? {};
  await moto.call("CreateSecret", { Name: "app/changing", SecretString: `${CANARY}unchanged` });
  return {
    provider: () => aws(),
    env,
    existing: EXISTING,
    missing: locator("app/none"),
    unusable: locator("app/deleted"),
    impossible: locator("app/with space"),
    alias: locator(seeded.arn("app/db").slice(0, -7)),
    pinned: PINNED,
    bytes: BYTES,
    changing: {
      locator: locator("app/changing"),
      change: async () => {
        await moto.call("PutSecretValue", { SecretId: "app/changing", SecretString: `${CANARY}changed` });
        return `${CANARY}changed`;
      },
    },
    canaries: CANARIES,
    broken: (fault) => {
      if (fault === "bad-credentials") {
        const auth = { accessKeyId: "AKIANOBODY", secretAccessKey: `${CANARY}wrong-key` };
        return aws({ auth, endpoint, stsEndpoint: endpoint });
      }
      if (fault === "lapse") {
        const role = { arn: `arn:aws:iam::${AWS_ACCOUNT}:role/external`, externalId: "partner-7" };
        return aws({ role, endpoint, stsEndpoint: endpoint });
      }
      return standIn.broken(fault);
    },
    lapse: () => standIn.lapse?.(),
    requests: () => proxy.requests() + (standIn.requests?.() ?? 0),
    writes: () => proxy.writes() + (standIn.writes?.() ?? 0),
    ...(standIn.throttledForMs !== undefined && { throttledForMs: standIn.throttledForMs }),
    witness: () => standIn.witness?.() ?? [],
    redirected: () => standIn.redirected?.() ?? false,
    other: () => aws({ role: { arn: `arn:aws:iam::${AWS_ACCOUNT}:role/reader` } }),
    interactive: {
      provider: () => aws({ auth: { method: "keys" } }),
      env: { AWS_ENDPOINT_URL: proxy.url, AWS_REGION: AWS_SEED.region },
      answer: typesKeys,
    },
    listed: "app/",
    ignoredEnv: IGNORED_ENV,
    found: () => aws(),
    insecure: () => aws({ region: "eu-west-1", endpoint: "http://vault.example" }),
    plugin,
    badOptions: BAD_OPTIONS,
    identifiers: [parsed(seeded.arn("app/db"))],
    stop: async () => {
      await standIn.stop();
      await proxy.stop();
      await moto.stop();
    },
  };
}
