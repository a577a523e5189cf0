import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, selfSigned } from "@vaultlink/test-support";

/** The system's. */
const OPENSSL = "openssl";

/** A self-signed certificate whose time is over. */
export function expiredCertificate(folder: string): Certificate {
  const { key, file } = selfSigned(folder);
  const path = (name: string): string => join(folder, name);
  const lines = ["[ca]", "default_ca = d", "[d]", `database = ${path("index.txt")}`, `serial = ${path("serial")}`];
  const rules = [
    `new_certs_dir = ${folder}`,
    "default_md = sha256",
    "policy = p",
    "copy_extensions = copy",
    "[p]",
    "commonName = supplied",
    "",
  ];
  writeFileSync(path("ca.conf"), [...lines, ...rules].join("\n"));
  writeFileSync(path("index.txt"), "");
  const request = ["x509", "-x509toreq", "-copy_extensions", "copy", "-in", file, "-signkey", path("key.pem")];
  execFileSync(OPENSSL, [...request, "-out", path("request.pem")], { stdio: "ignore" });
  const dates = ["-startdate", "20200101000000Z", "-enddate", "20200102000000Z"];
  const signing = ["ca", "-batch", "-selfsign", "-rand_serial", "-notext", "-config", path("ca.conf"), ...dates];
  const files = ["-keyfile", path("key.pem"), "-in", path("request.pem"), "-out", path("expired.pem")];
  execFileSync(OPENSSL, [...signing, ...files], { stdio: "ignore" });
  return { key, file: path("expired.pem"), cert: readFileSync(path("expired.pem"), "utf8") };
}
