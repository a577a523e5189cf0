import type { AzureErrorRule } from "./error-rule.ts";

const REQUESTS_CA = "export REQUESTS_CA_BUNDLE=/path/to/ca.pem";

/**
 * What `az`, `azd` and `pwsh` say, which have no codes but Entra's numbers: these count before any words, since what they
 * print may hold names. The words are those of the libraries that they ask Entra with.
 */
export const PROGRAM: readonly AzureErrorRule[] = [
  {
    program: /AADSTS90055\b/,
    code: "throttled",
    message: "Entra is too busy for the command that signs in.",
  },
  {
    program: /AADSTS(?:90033|90001|50196)\b/,
    code: "unavailable",
    message: "Entra told the command that signs in that its failure passes by itself.",
  },
  {
    program: /AADSTS(?:90002|900023|900021)\b/,
    code: "invalid_config",
    message: "Entra told the command that signs in that it knows no such tenant.",
    hint: "az account show --query tenantId",
  },
  {
    methods: ["default"],
    program: /AADSTS\d+/,
    code: "unauthenticated",
    message: "A sign-in was found, and Entra wants it anew.",
    hint: true,
  },
  {
    program:
      /hostname mismatch|doesn't match either of|x509: certificate is (?:not )?valid for|RemoteCertificateNameMismatch/i,
    code: "unavailable",
    message: "The command that signs in met a certificate that is for another host name.",
  },
  {
    program: /certificate has expired|certificate is not yet valid/i,
    code: "unavailable",
    message: "The command that signs in met a certificate that has expired or is not valid yet.",
  },
  {
    program:
      /CERTIFICATE_VERIFY_FAILED|certificate verif(?:y|ication) failed|x509: |SSL connection could not be established|RemoteCertificateChainErrors/i,
    code: "unavailable",
    message: "The command that signs in does not trust the certificate it met.",
    hint: REQUESTS_CA,
  },
  {
    program: /too many requests|\b(?:status(?: ?code)?|HTTP(?:\/1\.1)?)[ :=]+429\b/i,
    code: "throttled",
    message: "The command that signs in is asked to slow down.",
  },
  {
    program:
      /\b(?:service|temporarily|server is) unavailable|temporarily_unavailable|\b(?:status(?: ?code)?|HTTP(?:\/1\.1)?)[ :=]+50[0234]\b/i,
    code: "unavailable",
    message: "Entra failed while the command asked it.",
  },
  {
    program:
      /NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ConnectionResetError|RemoteDisconnected|ProxyError|SSLError|Max retries exceeded with url|Failed to establish a new connection|Connection aborted|ensure you have network connection|name resolution|Name or service not known|nodename nor servname|getaddrinfo failed|no such host|No route to host|Network is unreachable|Connection (?:refused|reset)|actively refused|(?:connection|read|i\/o) time(?:d ?)?out|dial tcp/i,
    code: "unavailable",
    message: "The command that signs in could not reach Entra.",
  },
];
