import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The system's. */
const OPENSSL = "openssl";

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Where the certificate lies. */
  readonly file: string;
}

/** A certificate for loopback that nobody else has signed, in a folder. No certificate is kept in git. */
export function selfSigned(folder: string): Certificate {
  const [file, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const flags = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  execFileSync(OPENSSL, [...flags, ...subject, "-keyout", key, "-out", file], { stdio: "ignore" });
  return { cert: readFileSync(file, "utf8"), key: readFileSync(key, "utf8"), file };
}
