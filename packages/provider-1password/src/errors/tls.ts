import type { ErrorRule } from "./error-rule.ts";

/** Three troubles with a certificate, each mended by somebody else. The codes are Node's and OpenSSL's. */
export function certificateErrors(which: string): readonly ErrorRule[] {
  return [
    {
      network: ["ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"],
      code: "unavailable",
      message: `${which} is for another host name.`,
    },
    {
      network: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"],
      code: "unavailable",
      message: `${which} has expired, or is not valid yet; or this machine's clock is wrong.`,
    },
    {
      network: ["CERT_", "DEPTH_ZERO_", "SELF_SIGNED_", "UNABLE_TO_", "ERR_TLS_", "INVALID_CA", "INVALID_PURPOSE"],
      code: "unavailable",
      message: `${which} is not trusted.`,
      hint: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem",
    },
  ];
}
