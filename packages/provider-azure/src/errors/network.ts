import { certificateRules } from "@vaultlink/core/provider";
import type { Peer } from "../exchanges.ts";
import type { AzureErrorRule } from "./error-rule.ts";

/** What the transport calls an answer that is larger than it may be. */
export const TOO_LARGE = "ERR_BODY_TOO_LARGE";

/** What may be wrong with a peer's certificate. */
export function certificateRulesOf(peer: Peer, whose: string): readonly AzureErrorRule[] {
  const untrusted = "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem";
  return certificateRules(`${whose} certificate`, { untrusted }).map((rule) => ({ peer, ...rule }));
}

/** What happens on the way. The codes are Node's. */
export const NETWORK: readonly AzureErrorRule[] = [
  { peer: "vault", late: true, code: "timeout", message: "Key Vault did not answer in time." },
  { peer: "entra", late: true, code: "timeout", message: "Entra did not answer in time." },
  {
    peer: "vault",
    network: ["unknown-host"],
    code: "unavailable",
    message: "The key vault's host name is not known: check the vault's name, and the network.",
    hint: "az keyvault list --query [].name",
  },
  {
    peer: "vault",
    network: ["refused"],
    code: "unavailable",
    message: "Nothing answers at the key vault's address.",
  },
  ...certificateRulesOf("vault", "The key vault's"),
  {
    peer: "entra",
    network: ["unknown-host"],
    code: "unavailable",
    message: "The host name of Entra is not known here: check the network.",
  },
  { peer: "entra", network: ["refused"], code: "unavailable", message: "Nothing answers at Entra's address." },
  ...certificateRulesOf("entra", "Entra's"),
  {
    // The SDK's own refusal: a list says itself where its next page is.
    says: ["the challenge origin '"],
    code: "unavailable",
    message: "The key vault's answer leads to another host, where no token is sent.",
  },
  {
    peer: "vault",
    codes: [TOO_LARGE],
    code: "unusable",
    message: "The key vault's answer is larger than 4 MiB.",
    reason: "too-large",
  },
  { peer: "entra", codes: [TOO_LARGE], code: "unavailable", message: "Entra's answer is larger than 4 MiB." },
  { network: ["proxy"], code: "unavailable", message: "The proxy did not connect us to Azure." },
  {
    peer: "vault",
    codes: [""],
    code: "unavailable",
    message: "The connection to Key Vault broke before its answer was complete.",
  },
  {
    peer: "entra",
    codes: [""],
    code: "unavailable",
    message: "The connection to Entra broke before its answer was complete.",
  },
];
