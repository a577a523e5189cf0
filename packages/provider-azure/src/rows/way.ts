import type { Row } from "./row.ts";
import { certificateRows } from "./tls.ts";

/** What the transport calls an answer that is larger than it may be. */
export const TOO_LARGE = "ERR_BODY_TOO_LARGE";
/** What happens on the way. The codes are Node's. */
export const WAY: readonly Row[] = [
  { peer: "vault", late: true, code: "timeout", message: "Key Vault did not answer in time." },
  { peer: "entra", late: true, code: "timeout", message: "Entra did not answer in time." },
  {
    peer: "vault",
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The key vault's host name is not known: check the vault's name, and the network.",
    hint: "az keyvault list --query [].name",
  },
  {
    peer: "vault",
    codes: ["ECONNREFUSED"],
    code: "unavailable",
    message: "Nothing answers at the key vault's address.",
  },
  ...certificateRows("vault", "The key vault's"),
  {
    peer: "entra",
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The host name of Entra is not known here: check the network.",
  },
  { peer: "entra", codes: ["ECONNREFUSED"], code: "unavailable", message: "Nothing answers at Entra's address." },
  ...certificateRows("entra", "Entra's"),
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
  { codes: ["ERR_PROXY_"], code: "unavailable", message: "The proxy did not connect us to Azure." },
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
