import { parseJsonObject, textMember } from "@vaultlink/core/provider";

/**
 * Who a token is for: printable, and the same for the same object in the same tenant, whatever else a token says.
 * Reads the claims of a token that came straight from who issued it, so that nothing need be verified. `undefined` for a
 * token that is none of Entra's form: then nobody knows who we are, and no value outlives the session.
 */
export function identityOf(token: string): string | undefined {
  const claims = parseJsonObject(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  // A subject is as stable, but another one for each application that a person signs in with.
  const [tenantId, objectId] = [textMember(claims, "tid"), textMember(claims, "oid") ?? textMember(claims, "sub")];
  if (tenantId === undefined || objectId === undefined) return undefined;
  const names = ["upn", "unique_name", "preferred_username", "appid", "azp"];
  const name = names.map((claim) => textMember(claims, claim)).find((held) => held !== undefined) ?? "somebody";
  // Ids count in any case.
  return `${printable(name)}@${printable(tenantId.toLowerCase())}#${printable(objectId.toLowerCase())}`;
}

/** As terminals and logs can bear it. */
const printable = (name: string): string => name.replace(/[^\p{L}\p{N}.@_-]/gu, "?").slice(0, 100);
