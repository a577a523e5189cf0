import { signJwt, verifyJwt } from "./jwt.ts";
import { findByObjectId, type AzureState, type Known } from "./state.ts";

/** An access token, as Entra's first version words its claims. https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export function issueToken(state: AzureState, { who }: Known, audience: string, tenant: string): string {
  const now = Math.floor(state.clock.now() / 1000);
  state.issued += 1;
  const claims = {
    aud: audience,
    iss: issuerOf(tenant),
    iat: now,
    nbf: now,
    exp: now + state.settings.tokenSeconds,
    appid: who.upn === undefined ? who.clientId : state.seed.publicClient,
    oid: who.objectId,
    tid: tenant,
    sub: who.objectId,
    uti: state.issued,
    ver: "1.0",
    ...(who.upn !== undefined && { upn: who.upn }),
  };
  return signJwt(claims, state.keys.privateKey, { kid: "stand-in" });
}

/** Whose token it is, if the vault may take it: signed here, for this audience, of this tenant, and in its time. */
export function checkToken(
  state: AzureState,
  token: string,
  audience: string,
): Known | { readonly refused: "signature" | "issuer" | "audience" | "expired" | "revoked" } {
  const claims = verifyJwt(token, state.keys.publicKey)?.claims;
  if (!claims) return { refused: "signature" };
  if (claims["iss"] !== issuerOf(state.seed.tenant)) return { refused: "issuer" };
  if (claims["aud"] !== audience) return { refused: "audience" };
  const now = state.clock.now() / 1000;
  if (Number(claims["exp"]) <= now || Number(claims["nbf"]) > now + 300) return { refused: "expired" };
  const known = findByObjectId(state, claims["oid"]);
  if (!known || Number(claims["uti"]) <= (state.revoked.get(known.label) ?? 0)) return { refused: "revoked" };
  return known;
}

const issuerOf = (tenant: string): string => `https://sts.windows.net/${tenant}/`;
