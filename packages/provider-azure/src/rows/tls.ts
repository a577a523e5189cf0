import type { Row } from "./row.ts";

/** Three troubles with a peer's certificate, each mended by somebody else. The codes are Node's and OpenSSL's. */
export function certificateRows(peer: "vault" | "entra" | "platform", whose: string): readonly Row[] {
  return [
    {
      peer,
      codes: ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"],
      code: "unavailable",
      message: `${whose} certificate is for another host name.`,
    },
    {
      peer,
      codes: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
      code: "unavailable",
      message: `${whose} certificate has expired, or is not valid yet; or this machine's clock is wrong.`,
    },
    {
      peer,
      codes: ["ERR_TLS_", "CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_", "INVALID_CA", "INVALID_PURPOSE"],
      code: "unavailable",
      message: `${whose} certificate is not trusted.`,
      hint: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
    },
  ];
}
