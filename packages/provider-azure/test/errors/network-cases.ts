import { startAzure } from "@vaultlink/stand-ins";
import { connectProxy } from "@vaultlink/test-support";
import { sovereignCloud } from "../sovereign.ts";
import { context, locator, readOne, withSession } from "../support.ts";
import { type Case, given, reading, signingIn } from "./case.ts";

const CERTIFICATES = "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem";
/** Nothing listens there. */
const NOBODY = "https://127.0.0.1:9";

/** What happens on the way to the vault and to Entra. */
export const NETWORK_CASES: readonly Case[] = [
  {
    when: "the vault never answers",
    cause: reading({ kind: "hang" }, { requestTimeoutMs: 150 }),
    code: "timeout",
    message: "Key Vault did not answer in time.",
  },
  {
    when: "Entra never answers",
    // Long enough for a slow machine to reach the vault before.
    cause: signingIn({ kind: "hang" }, { requestTimeoutMs: 2000 }),
    code: "timeout",
    message: "Entra did not answer in time.",
  },
  {
    when: "signing in takes too long, however short each request is",
    cause: signingIn({ kind: "hang" }, { requestTimeoutMs: 60_000, loginTimeoutMs: 150 }),
    code: "timeout",
    message: "Signing in to Azure took longer than it may.",
    hint: "export AZURE_CLIENT_SECRET=…",
  },
  {
    when: "the vault's name is not known",
    cause: given({ vaultUrl: "https://nowhere.invalid" }),
    code: "unavailable",
    message: "The key vault's host name is not known: check the vault's name, and the network.",
    hint: "az keyvault list",
  },
  {
    when: "Entra's name is not known",
    cause: given({ authorityHost: "https://nowhere.invalid" }),
    code: "unavailable",
    message: "The host name of Entra is not known here: check the network.",
  },
  {
    when: "nothing listens at the vault's address",
    cause: given({ vaultUrl: NOBODY }),
    code: "unavailable",
    message: "Nothing answers at the key vault's address.",
    native: { code: "ECONNREFUSED" },
  },
  {
    when: "nothing listens at Entra's address",
    cause: given({ authorityHost: NOBODY }),
    code: "unavailable",
    message: "Nothing answers at Entra's address.",
    native: { code: "ECONNREFUSED" },
  },
  {
    when: "the vault's certificate is not trusted",
    cause: given({}, () => ({ NODE_EXTRA_CA_CERTS: "" })),
    code: "unavailable",
    message: "The key vault's certificate is not trusted.",
    hint: CERTIFICATES,
  },
  {
    when: "Entra's certificate is not trusted",
    cause: async (azure) => {
      const other = await startAzure();
      try {
        return await readOne({ authorityHost: other.authority }, { env: azure.env });
      } finally {
        await other.stop();
      }
    },
    code: "unavailable",
    message: "Entra's certificate is not trusted.",
    hint: CERTIFICATES,
  },
  {
    when: "the proxy refuses",
    cause: async (azure) => {
      const proxy = await connectProxy({ leads: {} });
      try {
        return await readOne({}, { env: { ...azure.env, HTTPS_PROXY: proxy.url } });
      } finally {
        await proxy.stop();
      }
    },
    code: "unavailable",
    message: "The proxy did not connect us to Azure.",
  },
  {
    when: "the vault's list leads to another host",
    cause: (azure) =>
      withSession({}, { env: azure.env }, async (session) => {
        const body = { value: [], nextLink: `${azure.vaults["third"] ?? ""}/secrets` };
        azure.fault({ on: "secrets.list", kind: "status", status: 200, body });
        for await (const _ of session.list?.({ prefix: "" }, context()) ?? []) continue;
      }),
    code: "unavailable",
    message: "The key vault's answer leads to another host, where no token is sent.",
  },
  {
    when: "the vault's answer does not end",
    cause: reading({ kind: "oversize" }),
    code: "unusable",
    message: "The key vault's answer is larger than 4 MiB.",
    reason: "too-large",
  },
  {
    when: "Entra's answer does not end",
    cause: signingIn({ kind: "oversize" }),
    code: "unavailable",
    message: "Entra's answer is larger than 4 MiB.",
  },
  {
    when: "the vault drops the connection",
    cause: reading({ kind: "drop" }),
    code: "unavailable",
    message: "The connection to Key Vault broke before its answer was complete.",
  },
  {
    when: "the vault drops the connection in the middle of its answer",
    cause: reading({ kind: "cut" }),
    code: "unavailable",
    message: "The connection to Key Vault broke before its answer was complete.",
  },
  {
    when: "Entra drops the connection",
    cause: signingIn({ kind: "drop" }),
    code: "unavailable",
    message: "The connection to Entra broke before its answer was complete.",
  },
  {
    when: "the vault suddenly wants a token for something else",
    cause: async () => {
      const { azure, env, stop } = await sovereignCloud("vault.azure.net", "login.microsoftonline.com");
      const elsewhere = 'Bearer authorization="https://login.microsoftonline.com/t", resource="https://example.com"';
      try {
        return await withSession({ vault: "app" }, { env }, async (session) => {
          await session.read(locator("api-key"), context());
          azure.fault({ on: "secrets.get", kind: "status", status: 401, headers: { "www-authenticate": elsewhere } });
          return session.read(locator("api-key"), context());
        });
      } finally {
        await stop();
      }
    },
    code: "invalid_config",
    message: "The key vault wants a token that is not for it.",
  },
  {
    when: "the caller gives up",
    cause: async (azure) => {
      const signal = AbortSignal.abort();
      return withSession({}, { env: azure.env }, (session) => session.read(locator("api-key"), context({ signal })));
    },
    code: "aborted",
    message: "The call was cancelled.",
  },
];
