import { readFileSync } from "node:fs";
import { ClientSecretCredential } from "@azure/identity";
import { SecretClient } from "@azure/keyvault-secrets";
import { AZURE_SEED, CANARY, startAzure } from "@vaultlink/stand-ins";
import type { Subject } from "@vaultlink/testkit";
import { azure } from "../src/index.ts";
import type { RealVault } from "./real-vault.ts";
import { BYTES, secretOf } from "./seeded.ts";
import { standInSubject } from "./stand-in-subject.ts";
import { locator } from "./support.ts";

const PREFIX = "vaultlink-test";
const db = (version: number): string => JSON.stringify({ username: "app", password: `${CANARY}real-${version}` });
const at = (name: string) => locator(`${PREFIX}-${name}`);

/**
 * The same subject on a key vault somewhere, whose application may write: its secrets are made here, all of them named
 * `vaultlink-test-…`, and stay. What such a vault cannot refuse or misbehave, the stand-in does for it.
 */
export async function realSubject({ env }: RealVault): Promise<Subject & { stop(): Promise<void> }> {
  const client = clientOf(env);
  const put = (name: string, value: string, options = {}) => client.setSecret(`${PREFIX}-${name}`, value, options);
  const first = await put("db", db(1));
  await put("db", db(2));
  await put("api-key", `${CANARY}real-api-key`);
  await put("certificate", "/wCAdmw=", { contentType: "application/x-pkcs12" });
  await put("disabled", `${CANARY}real-disabled`, { enabled: false });
  await put("changing", `${CANARY}real-unchanged`);
  const standIn = await standInSubject();
  const lapsing = await startAzure();
  const elsewhere = {
    vaultUrl: lapsing.url,
    authorityHost: lapsing.authority,
    ca: lapsing.ca,
    auth: {
      tenantId: AZURE_SEED.tenant,
      clientId: AZURE_SEED.applications["app"]?.clientId ?? "",
      clientSecret: secretOf("app"),
    },
  };
  const { AZURE_CLIENT_SECRET: secret = "", ...withoutSecret } = env;
  const { bytes: _, alias: __, denied: ___, unlisted: ____, fresh: _____, requests: ______, ...shared } = standIn;
  return {
    ...shared,
    provider: () => azure(),
    env,
    existing: [
      { locator: at("db"), value: db(2) },
      { locator: at("api-key"), value: `${CANARY}real-api-key` },
    ],
    missing: at("none"),
    unusable: at("disabled"),
    bytes: { ...BYTES, locator: locator(`${PREFIX}-certificate`, { encoding: "base64" }) },
    pinned: { locator: locator(`${PREFIX}-db`, { version: first.properties.version ?? "" }), value: db(1) },
    changing: {
      locator: at("changing"),
      change: async () => {
        await put("changing", `${CANARY}real-changed`);
        return `${CANARY}real-changed`;
      },
    },
    canaries: [CANARY, secret],
    hosts: ["vault.azure.net", "login.microsoftonline.com"],
    broken: (fault) => {
      if (fault === "lapse") return azure(elsewhere);
      return standIn.broken(fault);
    },
    lapse: () => lapsing.revoke("app"),
    other: () => azure(elsewhere),
    interactive: {
      provider: () => azure({ auth: { method: "client-secret" } }),
      env: withoutSecret,
      answer: () => secret,
    },
    found: () => azure(),
    stop: async () => {
      await lapsing.stop();
      await standIn.stop();
    },
  };
}

function clientOf(env: RealVault["env"]): SecretClient {
  const { AZURE_TENANT_ID = "", AZURE_CLIENT_ID = "", AZURE_CLIENT_SECRET = "", AZURE_KEYVAULT_URL = "" } = env;
  const { AZURE_AUTHORITY_HOST: authorityHost, NODE_EXTRA_CA_CERTS: file } = env;
  const tls = file === undefined ? {} : { tlsOptions: { ca: readFileSync(file, "utf8") } };
  const authority = authorityHost === undefined ? {} : { authorityHost, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, {
    ...tls,
    ...authority,
  });
  return new SecretClient(AZURE_KEYVAULT_URL, credential, {
    ...tls,
    disableChallengeResourceVerification: authorityHost !== undefined,
  });
}
