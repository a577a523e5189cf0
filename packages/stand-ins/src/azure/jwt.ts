import { constants, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** What a token says. */
export type Claims = Readonly<Record<string, unknown>>;

/** A token taken apart, unverified. */
export interface Jwt {
  readonly header: Claims;
  readonly claims: Claims;
}

/** A token signed with an elliptic key (ES256). */
export function signJwt(claims: Claims, key: KeyObject, header: Claims = {}): string {
  const content = [{ alg: "ES256", typ: "JWT", ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${content}.${sign("sha256", Buffer.from(content), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}

/** What a token says of itself; `undefined` for what is no token. */
export function readJwt(token: string): Jwt | undefined {
  const [header = "", claims = "", signature] = token.split(".");
  if (signature === undefined) return undefined;
  try {
    const [one, two] = [header, claims].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()) as Claims);
    return one && two && { header: one, claims: two };
  } catch {
    return undefined;
  }
}

/** What a token says, if this key has signed it. */
export function verifyJwt(token: string, key: KeyObject | string): Jwt | undefined {
  const parts = readJwt(token);
  const at = token.lastIndexOf(".");
  const publicKey = typeof key === "string" ? createPublicKey(key) : key;
  const how = parts && schemeOf(parts.header["alg"]);
  if (!how) return undefined;
  const signature = Buffer.from(token.slice(at + 1), "base64url");
  return verify("sha256", Buffer.from(token.slice(0, at)), { key: publicKey, ...how }, signature) ? parts : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc7518#section-3.1 */
function schemeOf(algorithm: unknown): object | undefined {
  switch (algorithm) {
    case "ES256":
      return { dsaEncoding: "ieee-p1363" };
    case "RS256":
      return { padding: constants.RSA_PKCS1_PADDING };
    case "PS256":
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
    default:
      return undefined;
  }
}
