import { execFileSync, spawnSync } from "node:child_process";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toOpenSsh } from "../../src/connect/openssh.ts";

const pemOf = (key: { export: (options: { type: "pkcs8"; format: "pem" }) => string | Buffer }): string =>
  key.export({ type: "pkcs8", format: "pem" }).toString();

const KEYS: ReadonlyArray<readonly [string, string]> = [
  ["Ed25519", pemOf(generateKeyPairSync("ed25519").privateKey)],
  ["RSA of 2048 bits", pemOf(generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey)],
  ["RSA of 3072 bits", pemOf(generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey)],
];

/** OpenSSH's own program, which reads what is right and nothing else; not on every machine. */
const SSH_KEYGEN = "ssh-keygen";
const installed = spawnSync(SSH_KEYGEN, ["-?"]).error === undefined;

describe("a key in OpenSSH's form", () => {
  it.each(KEYS)("%s: holds the public key, is the same each time, and has lines of 70", (_, pem) => {
    const text = toOpenSsh(pem) ?? "";
    expect(toOpenSsh(pem) === text).toBe(true);
    expect(toOpenSsh(text) === text).toBe(true);
    const lines = text.split("\n");
    expect(lines[0]).toBe("-----BEGIN OPENSSH PRIVATE KEY-----");
    expect(lines.slice(1, -3).every((runner) => runner.length === 70)).toBe(true);
    const bytes = Buffer.from(lines.slice(1, -2).join(""), "base64");
    const jwk = createPublicKey(pem).export({ format: "jwk" });
    expect(bytes.includes(Buffer.from(jwk.x ?? jwk.n ?? "", "base64url"))).toBe(true);
  });

  it.skipIf(!installed).each(KEYS)("%s: is read by ssh-keygen (skipped where it is not installed)", (_, pem) => {
    const folder = mkdtempSync(join(tmpdir(), "openssh-"));
    const file = join(folder, "key");
    try {
      writeFileSync(file, toOpenSsh(pem) ?? "", { mode: 0o600 });
      const [kind, key = ""] = execFileSync(SSH_KEYGEN, ["-y", "-P", "", "-f", file]).toString().split(" ");
      const jwk = createPublicKey(pem).export({ format: "jwk" });
      expect(kind).toBe(jwk.kty === "RSA" ? "ssh-rsa" : "ssh-ed25519");
      expect(Buffer.from(key, "base64").includes(Buffer.from(jwk.x ?? jwk.n ?? "", "base64url"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is not made of what is no key, or of another kind", () => {
    const curve = pemOf(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    expect([toOpenSsh("-----BEGIN PRIVATE KEY-----\n"), toOpenSsh(curve)]).toEqual([undefined, undefined]);
  });
});
