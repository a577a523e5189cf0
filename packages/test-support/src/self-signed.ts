import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Where the certificate lies. */
  readonly file: string;
}

/** A certificate for `address` that nobody else has signed, in a folder. Made by the system's openssl; none is kept in git. */
export function selfSigned(folder: string, address = "127.0.0.1"): Certificate {
  const [file, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", `subjectAltName=IP:${address}`];
  const flags = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  execFileSync("openssl", [...flags, ...subject, "-keyout", key, "-out", file], { stdio: "ignore" });
  return { cert: readFileSync(file, "utf8"), key: readFileSync(key, "utf8"), file };
}

/** The same in a folder of its own, which is gone when this returns. */
export function temporaryCertificate(): Pick<Certificate, "cert" | "key"> {
  const folder = mkdtempSync(join(tmpdir(), "self-signed-"));
  try {
    return selfSigned(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
