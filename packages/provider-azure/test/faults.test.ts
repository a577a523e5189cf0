import { createPrivateKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { isSecretError } from "@vaultlink/core/provider";
import { AZURE_SEED, type AzureSeed, type AzureStandIn, type AzureTools, CANARY } from "@vaultlink/stand-ins";
import { expect, it, vi } from "vitest";
import { findProgram } from "../src/credentials/thread-program.ts";
import { azure, plugin } from "../src/index.ts";
import { bare, clientIdOf } from "./credentials/fixture.ts";
import { context, type Env, locator, readOne, useAzure, withSession } from "./support.ts";

/** Tenants whose ids have letters, and an application whose secret has blanks. */
const TENANT = "abcdef00-0000-4000-8000-00000000abcd";
const OTHER_TENANT = "fedcba00-0000-4000-8000-00000000fedc";
const BLANKS = `${CANARY} with blanks  `;
const APP = AZURE_SEED.applications["app"] ?? {
  objectId: "",
  clientId: "",
  reads: [],
  lists: true,
  seesDeleted: true,
  secret: "",
};
const SEED: AzureSeed = {
  ...AZURE_SEED,
  tenant: TENANT,
  otherTenant: OTHER_TENANT,
  applications: { ...AZURE_SEED.applications, app: { ...APP, secret: BLANKS } },
};
const server = useAzure({ seed: SEED });

/** One fault that was seen: what is done, and what must come of it. */
interface Fault {
  /** As the list of faults calls it. */
  readonly id: string;
  readonly when: string;
  readonly outcome: (azure: AzureStandIn) => unknown;
  readonly right: unknown;
}

/** What came out: a value, or the code of an error of ours. */
const told = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"));

const code = (make: () => unknown): unknown => {
  try {
    make();
    return "taken";
  } catch (thrown) {
    return isSecretError(thrown) ? thrown.code : "not ours";
  }
};

async function withTools<T>(stand: AzureStandIn, use: (tools: AzureTools) => Promise<T>): Promise<T> {
  const tools = await stand.tools();
  try {
    return await use(tools);
  } finally {
    await tools.remove();
  }
}

/** With `az`, signed in as a person, and these variables. */
const withAz = (stand: AzureStandIn, env: Env, auth: object = { method: "cli" }): Promise<unknown> =>
  withTools(stand, async (tools) => {
    await tools.azGives(stand.issue("app"), Date.now() + 3_600_000);
    return told(readOne({ auth }, { env: { ...bare({ env: stand.env, tenant: false }), ...env, PATH: tools.path } }));
  });

/** With another setting of the stand-in, for the length of a call. */
async function having<T>(stand: AzureStandIn, set: object, unset: object, use: () => Promise<T>): Promise<T> {
  stand.set(set);
  try {
    return await use();
  } finally {
    stand.set(unset);
  }
}

const list = (stand: AzureStandIn): Promise<readonly string[]> =>
  withSession({}, { env: stand.env }, async (session) => {
    const paths: string[] = [];
    for await (const entry of session.list?.({ prefix: "" }, context()) ?? []) paths.push(entry.locator.path);
    return paths;
  });

/** A list whose pages say that the next is here. */
const listTo = (next: (stand: AzureStandIn) => string) => async (stand: AzureStandIn) => {
  const fault = stand.fault({
    ...{ on: "secrets.list", kind: "status", status: 200 },
    body: { value: [{ id: `${stand.url}/secrets/api-key`, attributes: {} }], nextLink: next(stand) },
  });
  return [await told(list(stand)), fault.hits];
};

/** A machine whose endpoint is a server that sends for as long as it is listened to; whether it was stopped in time. */
async function endless(
  piece: Buffer,
  headers: Readonly<Record<string, string>>,
  stand: AzureStandIn,
): Promise<unknown> {
  let sent = 0;
  const machine = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    const send = (): void => {
      while (!response.destroyed && sent < 2 ** 28) {
        sent += piece.byteLength;
        if (!response.write(piece)) return void response.once("drain", send);
      }
    };
    send();
  });
  await new Promise<void>((listening) => void machine.listen(0, "127.0.0.1", listening));
  const env = {
    ...bare({ env: stand.env, tenant: false }),
    IDENTITY_ENDPOINT: `http://127.0.0.1:${(machine.address() as AddressInfo).port}/msi/token`,
    IDENTITY_HEADER: AZURE_SEED.machineHeader,
  };
  try {
    const outcome = await told(readOne({ auth: { method: "managed-identity" } }, { env }));
    return [outcome, sent < 2 ** 26 ? "stopped" : "read to the end"];
  } finally {
    machine.closeAllConnections();
    machine.close();
  }
}

const CAPITALS = TENANT.toUpperCase();
const METADATA = [
  "https://169.254.169.254",
  "https://169.254.169.254/metadata",
  "https://0xa9fea9fe",
  "https://2852039166",
  "https://[::ffff:169.254.169.254]",
  "https://metadata.google.internal",
  "https://METADATA.google.internal./x",
  "https://100.100.100.200",
  "https://[fd00:ec2::254]",
];

const FAULTS: readonly Fault[] = [
  ...[{ AZURE_TENANT_ID: CAPITALS }, { AZURE_TENANT_ID: TENANT }].map((env): Fault => ({
    id: "Z1",
    when: `the tenant is ${env.AZURE_TENANT_ID}`,
    outcome: (stand) => told(readOne({}, { env: { ...stand.env, ...env } })),
    right: "api-key",
  })),
  {
    id: "Z1",
    when: "an option has the tenant in capitals",
    outcome: (stand) => told(readOne({ auth: { tenantId: CAPITALS } }, { env: stand.env })),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "the vault has the tenant in capitals",
    outcome: (stand) =>
      having(stand, { challengeTenant: CAPITALS }, { challengeTenant: undefined }, () =>
        told(readOne({}, { env: stand.env })),
      ),
    right: "api-key",
  },
  ...[{ method: "cli" }, { chain: "AzureCliCredential" }, { chain: "dev" }].map((auth): Fault => ({
    id: "Z1",
    when: `the tenant is in capitals, with ${JSON.stringify(auth)}`,
    outcome: (stand) => withAz(stand, { AZURE_TENANT_ID: CAPITALS }, auth),
    right: "api-key",
  })),
  {
    id: "Z1",
    when: "the chain finds an application and its tenant in capitals",
    outcome: (stand) =>
      told(readOne({ auth: { method: "default" } }, { env: { ...stand.env, AZURE_TENANT_ID: CAPITALS } })),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "a pipeline has the tenant in capitals",
    outcome: (stand) =>
      told(
        readOne(
          { auth: { method: "pipelines", serviceConnectionId: "connection", clientId: clientIdOf("single") } },
          {
            env: {
              ...stand.env,
              AZURE_TENANT_ID: CAPITALS,
              SYSTEM_OIDCREQUESTURI: `${stand.pipeline}/oidc`,
              SYSTEM_ACCESSTOKEN: AZURE_SEED.pipelineToken,
            },
          },
        ),
      ),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "another tenant is allowed, in capitals",
    // Signed in there, and refused by a vault that is not of there.
    outcome: (stand) =>
      having(stand, { challengeTenant: OTHER_TENANT }, { challengeTenant: undefined }, () =>
        told(readOne({ auth: { additionalTenants: [OTHER_TENANT.toUpperCase()] } }, { env: stand.env })),
      ),
    right: "unauthenticated",
  },
  {
    id: "Z1",
    when: "the tenant is called by a name, and the vault has its id",
    outcome: (stand) => withAz(stand, { AZURE_TENANT_ID: "organizations" }, { chain: "AzureCliCredential" }),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "a reference has the vault's host in capitals",
    outcome: (stand) => told(readOne({}, { env: stand.env }, `${new URL(stand.url).host.toUpperCase()}/api-key`)),
    right: "api-key",
  },
  {
    id: "Z1",
    when: "an identifier is in capitals",
    outcome: () => plugin.parseIdentifier?.("HTTPS://My-Vault.VAULT.azure.net/Secrets/x")?.where,
    right: { vault: "my-vault", vaultUrl: "https://my-vault.vault.azure.net" },
  },
  {
    id: "Z3",
    when: "one of several vaults is named in capitals",
    outcome: () => code(() => azure({ vaults: ["My-Vault", "OTHER"] })),
    right: "taken",
  },
  ...[{ vault: "My-Vault" }, { vaultUrl: "https://My-Vault.vault.azure.net" }].map((options): Fault => ({
    id: "Z3",
    when: `the one vault is ${JSON.stringify(options)}, which must say how it is written`,
    outcome: () => {
      try {
        return azure(options).name;
      } catch (thrown) {
        return isSecretError(thrown) && thrown.message.includes("lower case");
      }
    },
    right: true,
  })),
  {
    id: "R13",
    when: "the platform's answer never ends",
    outcome: (stand) => endless(Buffer.alloc(65_536, " "), {}, stand),
    right: ["unavailable", "stopped"],
  },
  {
    id: "R13",
    when: "the platform's answer is a gzip bomb",
    outcome: (stand) => endless(gzipSync(Buffer.alloc(2 ** 26, " ")), { "content-encoding": "gzip" }, stand),
    right: ["unavailable", "stopped"],
  },
  ...(["secrets.get", "secrets.challenge", "entra.token", "entra.discovery"] as const).map((on): Fault => ({
    id: "R13",
    when: `a gzip bomb answers at ${on}`,
    outcome: async (stand) => {
      const body = gzipSync(Buffer.alloc(2 ** 26, " "));
      stand.fault({ on, kind: "status", status: 200, body, headers: { "content-encoding": "gzip" } });
      return told(readOne({}, { env: stand.env }));
    },
    // Nobody unpacks what comes before a token: there it is no answer of a key vault's.
    right: on === "secrets.get" ? "unusable" : "unavailable",
  })),
  {
    id: "R17",
    when: "Node is told to take any certificate",
    outcome: (stand) => {
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
      const { NODE_EXTRA_CA_CERTS: _, ...env } = stand.env;
      return told(readOne({}, { env })).finally(() => vi.unstubAllEnvs());
    },
    right: "unavailable",
  },
  ...METADATA.flatMap((address): readonly Fault[] => [
    {
      id: "R24",
      when: `option "authorityHost" is ${address}`,
      outcome: () => code(() => azure({ authorityHost: address })),
      right: "invalid_config",
    },
    {
      id: "R24",
      when: `AZURE_AUTHORITY_HOST is ${address}`,
      outcome: (stand) => told(readOne({}, { env: { ...stand.env, AZURE_AUTHORITY_HOST: address } })),
      right: "invalid_config",
    },
    {
      id: "R24",
      when: `a vault is ${address}`,
      outcome: () => code(() => azure({ vaults: [address] })),
      right: "invalid_config",
    },
  ]),
  {
    id: "A3",
    when: "az needs what its user has set",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        await tools.azShows("LANG", "REQUESTS_CA_BUNDLE", "VAULTLINK_X", "AZURE_CLIENT_SECRET");
        const env = { ...stand.env, PATH: tools.path };
        const programEnv = { ...env, LANG: "de", REQUESTS_CA_BUNDLE: "/ca.pem", VAULTLINK_X: "ours" };
        await told(azure({ auth: { method: "cli" } }).open({ ...context({ env }), programEnv }));
        await told(azure({ auth: { chain: "AzureCliCredential" } }).open({ ...context({ env }), programEnv }));
        return (await tools.azStarts()).filter((line) => line.startsWith("shown"));
      }),
    right: Array.from({ length: 2 }, () => "shown [de] [/ca.pem] [] []"),
  },
  {
    id: "A3",
    when: "what is meant for programs would change who signs in",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        await tools.azGives(stand.issue("app"), Date.now() + 3_600_000);
        const env = { ...bare({ env: stand.env, tenant: false }), PATH: tools.path };
        const programEnv = { ...env, AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential" };
        return told(
          azure({ auth: { method: "default" } })
            .open({ ...context({ env }), programEnv })
            .then((session) => session.close?.()),
        );
      }),
    right: undefined,
  },
  {
    id: "A7",
    when: "a list leads back to itself",
    outcome: listTo((stand) => `${stand.url}/secrets?api-version=1&$skiptoken=1`),
    right: ["unavailable", 3],
  },
  {
    id: "A7",
    when: "a list leads to another host",
    outcome: async (stand) => {
      const other = new URL(stand.vaults["third"] ?? "").origin;
      return [...(await listTo(() => `${other}/secrets?api-version=1`)(stand)), stand.log.count("secrets.challenge")];
    },
    right: ["unavailable", 1, 1],
  },
  ...["secrets.challenge", "entra.discovery", "entra.token"].flatMap((on) =>
    (["throttle", "drop", "status"] as const).map((kind): Fault => ({
      id: "C3",
      when: `opening meets ${kind} at ${on}, once`,
      outcome: async (stand) => {
        stand.fault({ on, times: 1, ...(kind === "status" ? { kind, status: 503 } : { kind }) });
        const provider = azure();
        const first = await told(provider.open(context({ env: stand.env })));
        const session = await provider.open(context({ env: stand.env }));
        await session.close?.();
        return first;
      },
      right: kind === "throttle" ? "throttled" : "unavailable",
    })),
  ),
  {
    id: "C6",
    when: "a secret is spelled in several ways",
    outcome: (stand) =>
      withSession({}, { env: stand.env }, async (session) => {
        const ways = ["api-key", "API-Key", `${new URL(stand.url).host.toUpperCase()}/Api-Key`];
        const read = await Promise.all(ways.map((path) => session.read(locator(path), context())));
        return [...new Set(read.map(({ id }) => id))].map((id) => id?.replace(stand.url, ""));
      }),
    right: ["/secrets/api-key"],
  },
  ...[undefined, "file:///nowhere/app/bundle.js"].map((here): Fault => ({
    id: "C16",
    when: `the thread's program is looked for beside ${here ?? "no address at all"}`,
    outcome: () => {
      try {
        return findProgram(here ?? "");
      } catch (thrown) {
        return isSecretError(thrown) && [thrown.code, thrown.details.hint];
      }
    },
    right: ["invalid_config", "keep @vaultlink/provider-azure external in the bundler's options"],
  })),
  {
    id: "H6",
    when: "a client secret ends in blanks",
    outcome: (stand) => told(readOne({}, { env: stand.env })),
    right: "api-key",
  },
  {
    id: "H6",
    when: "a person types a client secret that ends in blanks",
    outcome: (stand) => {
      const { AZURE_CLIENT_SECRET = "", ...env } = stand.env;
      const prompter = { ask: async () => AZURE_CLIENT_SECRET, open: async () => {}, show: () => {} };
      return told(readOne({ auth: { method: "client-secret" } }, { env, prompter }));
    },
    right: "api-key",
  },
  {
    id: "H6",
    when: "a certificate's password has blanks at both ends",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        const passphrase = `  ${CANARY}password  `;
        const { cert, key } = stand.certify("app");
        const sealed = createPrivateKey(key).export({
          type: "pkcs8",
          format: "pem",
          cipher: "aes-256-cbc",
          passphrase,
        });
        const file = await tools.file("sealed.pem", `${cert}${sealed.toString()}`);
        const { AZURE_CLIENT_SECRET: _, ...env } = stand.env;
        const own = { AZURE_CLIENT_CERTIFICATE_PATH: file, AZURE_CLIENT_CERTIFICATE_PASSWORD: passphrase };
        return told(readOne({}, { env: { ...env, ...own } }));
      }),
    right: "api-key",
  },
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
