/** What is wrong with a server's certificate, told apart since each is fixed in another place. */
export interface CertificateFault {
  readonly kind: "wrong-host" | "expired" | "untrusted";
  /** Node's codes, or how they begin; the first row that fits counts. */
  readonly codes: readonly string[];
  /** What follows "The certificate of …" in a sentence. */
  readonly says: string;
}

/**
 * Every way in which Node refuses a certificate. https://nodejs.org/api/tls.html#x509-certificate-error-codes, and
 * `ERR_TLS_CERT_*` of https://nodejs.org/api/errors.html
 */
export const CERTIFICATE_FAULTS: readonly CertificateFault[] = [
  {
    kind: "wrong-host",
    codes: ["ERR_TLS_CERT_ALTNAME_", "HOSTNAME_MISMATCH", "IP_ADDRESS_MISMATCH"],
    says: "is for another host name",
  },
  { kind: "expired", codes: ["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"], says: "has expired, or is not valid yet" },
  {
    kind: "untrusted",
    codes: [
      ...["CERT_", "CRL_", "DEPTH_ZERO_", "ERROR_IN_C", "ERR_TLS_CERT_", "SELF_SIGNED_", "UNABLE_TO_"],
      ...["INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED"],
    ],
    says: "is not trusted",
  },
];

/** What is wrong with the certificate, by the code of Node's error; `undefined` where the failure is another. */
export function certificateFault(code: string): CertificateFault | undefined {
  return CERTIFICATE_FAULTS.find(({ codes }) => codes.some((start) => code.startsWith(start)));
}

/** One reason why a server could not be reached, or did not answer to the end. */
export interface NetworkFault {
  readonly kind: "unknown-host" | "refused" | "timed-out" | "proxy" | "tls" | "broken" | "unreachable" | "certificate";
  /** Codes of Node or undici, or how they begin; the first fault that fits counts. */
  readonly codes: readonly string[];
}

/**
 * Every code for "could not reach it". https://nodejs.org/api/errors.html, https://undici.nodejs.org/#/docs/api/Errors, and
 * `HPE_*` of https://github.com/nodejs/llhttp
 */
export const NETWORK_FAULTS: readonly NetworkFault[] = [
  ...CERTIFICATE_FAULTS.map(({ codes }): NetworkFault => ({ kind: "certificate", codes })),
  { kind: "unknown-host", codes: ["ENOTFOUND", "EAI_"] },
  { kind: "refused", codes: ["ECONNREFUSED"] },
  {
    kind: "timed-out",
    codes: ["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"],
  },
  { kind: "proxy", codes: ["ERR_PROXY_"] },
  { kind: "tls", codes: ["EPROTO", "ERR_SSL_", "ERR_TLS_"] },
  {
    kind: "broken",
    codes: [
      "ECONNABORTED",
      "ECONNRESET",
      "EPIPE",
      "ERR_STREAM_DESTROYED",
      "ERR_STREAM_PREMATURE_CLOSE",
      "UND_ERR_SOCKET",
    ],
  },
  {
    kind: "unreachable",
    codes: ["EADDRNOTAVAIL", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "HPE_", "UND_ERR_"],
  },
];

/** Why a server could not be reached, by the code of Node's or undici's error; `undefined` for any other code. */
export function networkFault(code: string): NetworkFault | undefined {
  return NETWORK_FAULTS.find(({ codes }) => codes.some((start) => code.startsWith(start)));
}

/** How deep causes are followed. */
const DEPTH = 4;

/**
 * The first code of Node or undici in what was thrown: its own, that of its cause, or of the first of its errors. `fetch`
 * and SDKs wrap the error that has it. `accepts` tells which codes count. @default any
 */
export function findErrorCode(thrown: unknown, accepts: (code: string) => boolean = () => true): string | undefined {
  let at: unknown = thrown;
  for (let depth = 0; depth < DEPTH && typeof at === "object" && at !== null; depth++) {
    const { code, cause, errors } = at as { code?: unknown; cause?: unknown; errors?: unknown };
    if (typeof code === "string" && /^[A-Z][A-Z0-9_]{1,99}$/.test(code) && accepts(code)) return code;
    at = cause ?? (Array.isArray(errors) ? (errors as readonly unknown[])[0] : undefined);
  }
  return undefined;
}
