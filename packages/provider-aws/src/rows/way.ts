import type { Row } from "./row.ts";

/** What happens on the way to AWS. The codes are Node's, the name `TimeoutError` is the SDK's. */
export const WAY: readonly Row[] = [
  { codes: ["ETIMEDOUT"], code: "timeout", message: "AWS did not answer in time." },
  {
    codes: ["ENOTFOUND", "EAI_"],
    code: "unavailable",
    message: "The host name of AWS is not known here: check the region and the network.",
  },
  { codes: ["ECONNREFUSED"], code: "unavailable", message: "Nothing answers at the AWS endpoint." },
  { codes: ["ERR_PROXY_"], code: "unavailable", message: "The proxy did not connect us to AWS." },
  {
    codes: ["ERR_TLS_CERT_ALTNAME"],
    code: "unavailable",
    message: "The certificate of the AWS endpoint is for another host name: check the endpoint.",
  },
  {
    codes: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "CRL_HAS_EXPIRED"],
    code: "unavailable",
    message: "The certificate of the AWS endpoint has expired, or does not hold yet; or this machine's clock is wrong.",
  },
  {
    codes: ["ERR_TLS_", "CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_"],
    code: "unavailable",
    message: "The certificate of the AWS endpoint is not trusted.",
    hint: "export AWS_CA_BUNDLE=/path/to/ca.pem",
  },
  {
    // Also what the SDK names a `TimeoutError` because a connection broke.
    codes: ["ECONN", "EPIPE", "EPROTO", "EHOST", "ENET", "EADDR", "ERR_SSL_", "ERR_STREAM_", "HPE_"],
    code: "unavailable",
    message: "The connection to AWS broke before its answer was complete.",
  },
  { names: ["TimeoutError"], code: "timeout", message: "The connection to AWS was not made, or stood still, in time." },
];
