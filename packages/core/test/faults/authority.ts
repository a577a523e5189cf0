import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The system's. */
const OPENSSL = "openssl";

/** PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A root authority, one that it has signed, and a certificate for loopback that the second has signed. Made anew. */
export interface Chain {
  readonly root: Certificate;
  readonly intermediate: Certificate;
  readonly server: Certificate;
}

export function makeChain(): Chain {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-chain-"));
  const at = (name: string): string => join(folder, name);
  const openssl = (...flags: readonly string[]): void => void execFileSync(OPENSSL, flags, { stdio: "ignore" });
  const make = (name: string, extension: string, signer?: string): Certificate => {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", at(`${name}.key`)];
    writeFileSync(at("extensions"), extension);
    openssl("req", "-new", ...key, "-subj", `/CN=vaultlink test ${name}`, "-out", at(`${name}.csr`));
    const by =
      signer === undefined
        ? ["-signkey", at(`${name}.key`)]
        : ["-CA", at(`${signer}.pem`), "-CAkey", at(`${signer}.key`), "-CAcreateserial"];
    const request = ["-req", "-in", at(`${name}.csr`), "-days", "1", "-extfile", at("extensions")];
    openssl("x509", ...request, ...by, "-out", at(`${name}.pem`));
    return { cert: readFileSync(at(`${name}.pem`), "utf8"), key: readFileSync(at(`${name}.key`), "utf8") };
  };
  try {
    const root = make("root", "basicConstraints=critical,CA:TRUE");
    const intermediate = make("intermediate", "basicConstraints=critical,CA:TRUE", "root");
    const server = make("server", "subjectAltName=IP:127.0.0.1", "intermediate");
    return { root, intermediate, server };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
