import { CERTIFICATE_FAULTS } from "./certificate-faults.ts";

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
