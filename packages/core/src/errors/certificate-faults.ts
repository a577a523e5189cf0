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
