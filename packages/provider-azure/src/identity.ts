/** Whose token it is. */
export interface Identity {
  /** Printable, and the same for the same object in the same tenant, whatever else a token says. */
  readonly shown: string;
  readonly tenantId: string;
}

/**
 * Reads the claims of a token that came straight from who issued it, so that nothing need be verified. `undefined` for a
 * token that is none of Entra's form: then nobody knows who we are, and no value outlives the session.
 */
export function identityOf(token: string): Identity | undefined {
  const claims = claimsOf(token);
  const [tenantId, objectId] = [text(claims, "tid"), text(claims, "oid")];
  if (tenantId === undefined || objectId === undefined) return undefined;
  const name = text(claims, "upn") ?? text(claims, "unique_name") ?? text(claims, "appid") ?? "somebody";
  return { shown: `${printable(name)}@${printable(tenantId)}#${printable(objectId)}`, tenantId };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const held: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    return typeof held === "object" && held !== null ? (held as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function text(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const held = claims[name];
  return typeof held === "string" && held !== "" ? held : undefined;
}

/** As terminals and logs can bear it. */
const printable = (name: string): string => name.replace(/[^\p{L}\p{N}.@_-]/gu, "?").slice(0, 100);
