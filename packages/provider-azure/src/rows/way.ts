import type { Row } from "./row.ts";

/** What happens on the way. The codes are Node's. */
export const WAY: readonly Row[] = [
  { peer: "vault", late: true, code: "timeout", message: "Key Vault did not answer in time." },
  { peer: "entra", late: true, code: "timeout", message: "Entra did not answer in time." },
  {
    peer: "vault",
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The key vault's host name is not known: check the vault's name, and the network.",
    mend: "az keyvault list --query [].name",
  },
  {
    peer: "vault",
    codes: ["ECONNREFUSED"],
    code: "unavailable",
    message: "Nothing answers at the key vault's address.",
  },
  {
    peer: "vault",
    codes: ["ERR_TLS_", "CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_"],
    code: "unavailable",
    message: "The key vault's certificate is not trusted.",
    mend: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
  },
  {
    peer: "entra",
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The host name of Entra is not known here: check the network.",
  },
  { peer: "entra", codes: ["ECONNREFUSED"], code: "unavailable", message: "Nothing answers at Entra's address." },
  {
    peer: "entra",
    codes: ["ERR_TLS_", "CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_"],
    code: "unavailable",
    message: "Entra's certificate is not trusted.",
    mend: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
  },
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
