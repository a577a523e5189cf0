import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import { bits, der, integer, oid, sequence, utcTime } from "./der.ts";

/** A certificate and its key, PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** From when until when a certificate is valid, in ms since the epoch. */
export interface Validity {
  readonly from: number;
  readonly until: number;
}

/** Somebody whom nobody trusts unless told to. */
export interface Authority {
  /** Its own certificate, PEM. */
  readonly ca: string;
  /** A certificate for a server of these host names and addresses, valid now or as said, in ms since the epoch. */
  readonly issue: (names: readonly string[], valid?: Validity) => Certified;
}

const DAY = 86_400_000;

/** For a certificate that ended yesterday. */
export function endedYesterday(): Validity {
  return { from: Date.now() - 2 * DAY, until: Date.now() - DAY };
}
const COMMON_NAME = "2.5.4.3";
const ALTERNATIVE_NAMES = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
const ECDSA_SHA256 = "1.2.840.10045.4.3.2";
const RSA_SHA256 = "1.2.840.113549.1.1.11";

/** Makes an authority for one run. Nothing is kept: neither its key nor its certificates outlive the process. */
export function createAuthority(): Authority {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  // Several may be trusted together, and a name finds the certificate.
  const issuer = { name: `vaultlink test authority ${randomBytes(4).toString("hex")}`, key: privateKey };
  const ca = pem(build({ subject: issuer.name, publicKey, issuer, extensions: [constraints()] }));
  return {
    ca,
    issue: (names, valid) => {
      const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
      const subject = names[0] ?? "localhost";
      const extensions = [alternativeNames(names)];
      const cert = build({ subject, publicKey: pair.publicKey, issuer, extensions, ...(valid && { valid }) });
      return { cert: pem(cert), key: exported(pair.privateKey) };
    },
  };
}

/** A certificate that stands for itself, with an RSA key: what an application signs in with. */
export function selfSigned(name: string): Certified {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const cert = build({ subject: name, publicKey, issuer: { name, key: privateKey }, extensions: [] });
  return { cert: pem(cert), key: exported(privateKey) };
}

interface About {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly issuer: { readonly name: string; readonly key: KeyObject };
  readonly extensions: readonly Buffer[];
  /** @default a day around now */
  readonly valid?: Validity;
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
function build({ subject, publicKey, issuer, extensions, valid }: About): Buffer {
  const algorithm =
    issuer.key.asymmetricKeyType === "rsa" ? sequence(oid(RSA_SHA256), der(0x05)) : sequence(oid(ECDSA_SHA256));
  const { from, until } = valid ?? { from: Date.now() - DAY, until: Date.now() + DAY };
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(8)),
    algorithm,
    named(issuer.name),
    sequence(utcTime(from), utcTime(until)),
    named(subject),
    publicKey.export({ type: "spki", format: "der" }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  return sequence(content, algorithm, bits(sign("sha256", content, issuer.key)));
}

function named(name: string): Buffer {
  return sequence(der(0x31, sequence(oid(COMMON_NAME), der(0x0c, Buffer.from(name)))));
}

function constraints(): Buffer {
  const isAuthority = der(0x01, Buffer.from([0xff]));
  return sequence(oid(BASIC_CONSTRAINTS), isAuthority, der(0x04, sequence(isAuthority)));
}

function alternativeNames(names: readonly string[]): Buffer {
  const forms = names.map((name) =>
    isIP(name) === 4 ? der(0x87, Buffer.from(name.split(".").map(Number))) : der(0x82, Buffer.from(name)),
  );
  return sequence(oid(ALTERNATIVE_NAMES), der(0x04, sequence(...forms)));
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").replaceAll(/.{64}/g, "$&\n").trimEnd();
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function exported(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
