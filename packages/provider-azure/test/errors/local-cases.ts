import { AZURE_SEED, type AzureTools } from "@vaultlink/stand-ins";
import type { AzureOptions } from "../../src/index.ts";
import { readOne } from "../support.ts";
import { type Case, given } from "./case.ts";
import type { AzureStandIn } from "@vaultlink/stand-ins";

/** Somebody with `az` on the path, and nothing else. */
function withAz(
  prepare: (tools: AzureTools) => Promise<void>,
  options: AzureOptions = { auth: { method: "cli" } },
): Case["cause"] {
  return async (azure) => {
    const tools = await azure.tools();
    try {
      await prepare(tools);
      return await readOne(options, { env: bare(azure, { PATH: tools.path }) });
    } finally {
      await tools.remove();
    }
  };
}

function bare(azure: AzureStandIn, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const { AZURE_KEYVAULT_URL = "", AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "" } = azure.env;
  return { AZURE_KEYVAULT_URL, AZURE_AUTHORITY_HOST, NODE_EXTRA_CA_CERTS, ...more };
}

/** What the SDK finds out by itself. */
export const LOCAL_CASES: readonly Case[] = [
  {
    when: "the vault is another tenant's",
    cause: async (azure) => {
      azure.set({ challengeTenant: AZURE_SEED.otherTenant });
      try {
        return await readOne({}, { env: azure.env });
      } finally {
        azure.set({ challengeTenant: undefined });
      }
    },
    code: "invalid_config",
    message: "The key vault belongs to another tenant than the one that signs in.",
    hint: "name that tenant",
  },
  {
    when: "there is no way to sign in",
    cause: (azure) => readOne({ auth: { chain: "dev" } }, { env: bare(azure, { PATH: "/nowhere" }) }),
    code: "unauthenticated",
    message: "No way to sign in to Azure was found.",
    hint: "az login",
  },
  {
    when: "the chain is narrowed to nothing",
    cause: (azure) => readOne({}, { env: bare(azure, { AZURE_TOKEN_CREDENTIALS: "guess" }) }),
    code: "invalid_config",
    message: 'AZURE_TOKEN_CREDENTIALS, or the option "auth.chain", names nothing that can be tried.',
    hint: "export AZURE_TOKEN_CREDENTIALS=dev",
  },
  {
    when: "az is not installed",
    cause: (azure) => readOne({ auth: { method: "cli" } }, { env: bare(azure, { PATH: "/nowhere" }) }),
    code: "unauthenticated",
    message: "The command az is not installed, or not on the PATH.",
    hint: "az version",
  },
  {
    when: "nobody has signed in with az",
    cause: withAz((tools) => tools.azFails("ERROR: Please run 'az login' to setup account.")),
    code: "unauthenticated",
    message: "The sign-in of az has ended, or nobody has signed in.",
    hint: "az login",
  },
  {
    when: "the sign-in of az has ended",
    cause: withAz((tools) => tools.azFails("ERROR: AADSTS70043: The refresh token has expired. vlcanary-in-stderr")),
    code: "unauthenticated",
    message: "The sign-in of az has ended, or nobody has signed in.",
    hint: "az login",
  },
  {
    when: "az says something else",
    cause: withAz((tools) => tools.azFails("Segmentation fault, vlcanary-in-stderr")),
    code: "unauthenticated",
    message: "This way of signing in gave no token.",
    hint: "az login",
  },
  {
    when: "az hangs",
    cause: withAz((tools) => tools.azHangs(), { auth: { method: "cli" }, loginTimeoutMs: 700 }),
    code: "timeout",
    message: "Signing in to Azure took longer than it may.",
    hint: "az login",
  },
  {
    when: "the platform's file is not there",
    cause: given({ auth: { method: "workload-identity", tokenFile: "/nowhere/token" } }),
    code: "unauthenticated",
    message: "The file with the credential cannot be found.",
    hint: "export AZURE_FEDERATED_TOKEN_FILE=…",
  },
  {
    when: "the platform's file is a folder",
    cause: given({ auth: { method: "workload-identity", tokenFile: "/" } }),
    code: "unauthenticated",
    message: "The file with the credential cannot be read.",
    hint: "export AZURE_FEDERATED_TOKEN_FILE=…",
  },
  {
    when: "the certificate is not there",
    cause: given({ auth: { certificateFile: "/nowhere/app.pem" } }),
    code: "unauthenticated",
    message: "The file with the credential cannot be found.",
    hint: "export AZURE_CLIENT_CERTIFICATE_PATH=…",
  },
  {
    when: "the certificate is none",
    cause: async (azure) => {
      const tools = await azure.tools();
      try {
        const certificateFile = await tools.file("app.pem", "vlcanary-no-certificate");
        return await readOne({ auth: { certificateFile } }, { env: azure.env });
      } finally {
        await tools.remove();
      }
    },
    code: "invalid_config",
    message: "The file does not hold a certificate and its key, or the password is wrong.",
    hint: "export AZURE_CLIENT_CERTIFICATE_PATH=…",
  },
  {
    when: "nobody is here to sign in on a page",
    cause: given({ auth: { method: "browser" } }),
    code: "unauthenticated",
    message: "Nobody is here to sign in on a page.",
    hint: "vaultlink reauth",
  },
  {
    when: "nobody is here to enter a code",
    cause: given({ auth: { method: "device-code" } }),
    code: "unauthenticated",
    message: "Nobody is here to enter a code.",
    hint: "vaultlink reauth",
  },
];
