import type { ErrorCode } from "@vaultlink/core/provider";
import type { AzureStandIn } from "@vaultlink/stand-ins";
import type { AzureOptions } from "../../src/index.ts";
import { readOne } from "../support.ts";
import type { Case } from "./case.ts";

/** Somebody with an `az` that fails and says so, and nothing else. */
function azSays(text: string, options: AzureOptions): Case["cause"] {
  return async (azure: AzureStandIn) => {
    const tools = await azure.tools();
    try {
      await tools.azFails(text);
      const { AZURE_KEYVAULT_URL = "", NODE_EXTRA_CA_CERTS = "" } = azure.env;
      return await readOne(options, { env: { AZURE_KEYVAULT_URL, NODE_EXTRA_CA_CERTS, PATH: tools.path } });
    } finally {
      await tools.remove();
    }
  };
}

const POOL =
  "ERROR: HTTPSConnectionPool(host='login.microsoftonline.com', port=443): Max retries exceeded with url: /x";
const UNTRUSTED = "The command that signs in does not trust the certificate it met.";
const UNREACHED = "The command that signs in could not reach Entra.";

/** What a program says, what is meant, and the sentence for it. */
const SAID: ReadonlyArray<readonly [string, ErrorCode, string, string?]> = [
  ["ERROR: AADSTS90055: The tenant is too busy.", "throttled", "Entra is too busy for the command that signs in."],
  [
    "ERROR: AADSTS90033: A transient error has occurred. Please try again.",
    "unavailable",
    "Entra told the command that signs in that its failure passes by itself.",
  ],
  [
    "ERROR: AADSTS90002: Tenant 'too many requests' not found.",
    "invalid_config",
    "Entra told the command that signs in that it knows no such tenant.",
    "az account show",
  ],
  [
    `${POOL} (Caused by SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)')))`,
    "unavailable",
    UNTRUSTED,
    "export REQUESTS_CA_BUNDLE",
  ],
  [
    'ERROR: fetching token: Post "https://login": tls: x509: certificate signed by unknown authority',
    "unavailable",
    UNTRUSTED,
    "export REQUESTS_CA_BUNDLE",
  ],
  [
    `${POOL} (Caused by SSLError(CertificateError("hostname 'login' doesn't match either of 'proxy'")))`,
    "unavailable",
    "The command that signs in met a certificate that is for another host name.",
  ],
  [
    `${POOL} (Caused by SSLError('certificate verify failed: certificate has expired'))`,
    "unavailable",
    "The command that signs in met a certificate that has expired or is not valid yet.",
  ],
  [
    `${POOL} (Caused by NameResolutionError('Failed to resolve: [Errno -3] Temporary failure in name resolution'))`,
    "unavailable",
    UNREACHED,
  ],
  [
    "ERROR: Please ensure you have network connection. Error detail: [Errno 101] Network is unreachable",
    "unavailable",
    UNREACHED,
  ],
  ["ERROR: ('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))", "unavailable", UNREACHED],
  ["ERROR: Post: dial tcp: lookup login: no such host", "unavailable", UNREACHED],
  ["ERROR: HTTP 429: Too Many Requests", "throttled", "The command that signs in is asked to slow down."],
  ["ERROR: 503 Server Error: Service Unavailable", "unavailable", "Entra failed while the command asked it."],
];

const cases = (how: string, options: AzureOptions): readonly Case[] =>
  SAID.map(([text, code, message, hint]) => ({
    when: `Z2: az, ${how}, said: ${text.slice(0, 200)}`,
    cause: azSays(`${text} vlcanary-in-stderr`, options),
    code,
    message,
    ...(hint !== undefined && { hint }),
  }));

/** What programs say that the SDK starts, alone and as one part of a chain. */
export const PROGRAM_CASES: readonly Case[] = [
  ...cases("by itself", { auth: { method: "cli" } }),
  ...cases("of the chain", { auth: { chain: "dev" } }),
  {
    when: "az, of the chain, has a sign-in that has ended",
    cause: azSays("ERROR: AADSTS70043: The refresh token has expired.", { auth: { chain: "dev" } }),
    code: "unauthenticated",
    message: "A sign-in was found, and Entra wants it anew.",
    hint: "az login",
  },
];
