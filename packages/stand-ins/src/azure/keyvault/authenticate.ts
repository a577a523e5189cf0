import type { Answer, Call } from "../../kit/backend.ts";
import { vaultRefusal } from "../answers.ts";
import type { AzureState, Known } from "../state.ts";
import { checkToken } from "../tokens.ts";

/** What a token must be for, by the vault's domain; loopback stands for the public cloud. */
export function audienceOf({ headers }: Call): string {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const domain = ["vault.azure.cn", "vault.usgovcloudapi.net"].find((suffix) => host.endsWith(`.${suffix}`));
  return `https://${domain ?? "vault.azure.net"}`;
}

/** Who asks, or why nobody is believed to. */
export function authenticate(call: Call, state: AzureState): Known | { readonly refused: string } {
  const [, token] = /^Bearer (.+)$/.exec(call.headers.authorization ?? "") ?? [];
  return token === undefined ? { refused: "missing" } : checkToken(state, token, audienceOf(call));
}

/** Says where to get a token, and what for. Texts: the vendor's; those of refused tokens are not verified. */
export function challenge(call: Call, state: AzureState, refused: string): Answer {
  const tenant = state.settings.challengeTenant ?? state.seed.tenant;
  const message = TEXTS[refused] ?? "AKV10032: Invalid issuer.";
  const answer = vaultRefusal(401, "Unauthorized", message);
  const where = `Bearer authorization="${state.authority}/${tenant}", resource="${audienceOf(call)}"`;
  return { ...answer, headers: { ...answer.headers, "www-authenticate": where } };
}

const TEXTS: Readonly<Record<string, string>> = {
  missing: "AKV10000: Request is missing a Bearer or PoP token.",
  signature: "AKV10022: Invalid signature of the token.",
  audience: "AKV10022: Invalid audience.",
  expired: "AKV10022: The token has expired.",
  revoked: "AKV10032: The token was revoked.",
};
