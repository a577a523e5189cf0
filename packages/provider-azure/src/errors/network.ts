import { certificateRules, networkRules } from "@vaultlink/core/provider";
import { type AzureErrorRule, ofPeer } from "./error-rule.ts";

/** What the transport calls an answer that is larger than it may be. */
export const TOO_LARGE = "ERR_BODY_TOO_LARGE";

/** What makes a certificate trusted. */
export const TRUST = "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem";

/** What happens on the way. The codes are Node's. */
export const NETWORK: readonly AzureErrorRule[] = [
  ...ofPeer("vault", [
    { late: true, code: "timeout", message: "Key Vault did not answer in time." },
    ...networkRules(
      {
        "unknown-host": "The key vault's host name is not known: check the vault's name, and the network.",
        refused: "Nothing answers at the key vault's address.",
      },
      { "unknown-host": "az keyvault list --query [].name" },
    ),
    ...certificateRules("The key vault's certificate", { untrusted: TRUST }),
  ]),
  ...ofPeer("entra", [
    { late: true, code: "timeout", message: "Entra did not answer in time." },
    ...networkRules({
      "unknown-host": "The host name of Entra is not known here: check the network.",
      refused: "Nothing answers at Entra's address.",
    }),
    ...certificateRules("Entra's certificate", { untrusted: TRUST }),
  ]),
  {
    // The SDK's own refusal: a list says itself where its next page is.
    says: ["the challenge origin '"],
    code: "unavailable",
    message: "The key vault's answer leads to another host, where no token is sent.",
  },
  ...networkRules({ proxy: "The proxy did not connect us to Azure." }),
  ...ofPeer("vault", [
    {
      codes: [TOO_LARGE],
      code: "unusable",
      message: "The key vault's answer is larger than 4 MiB.",
      reason: "too-large",
    },
    {
      codes: [""],
      code: "unavailable",
      message: "The connection to Key Vault broke before its answer was complete.",
    },
  ]),
  ...ofPeer("entra", [
    { codes: [TOO_LARGE], code: "unavailable", message: "Entra's answer is larger than 4 MiB." },
    { codes: [""], code: "unavailable", message: "The connection to Entra broke before its answer was complete." },
  ]),
];
