import { definedMembers, type JsonObject, objectMember, SecretError, textMember } from "@vaultlink/core/provider";
import { count, texts } from "./body.ts";
import { refusal, unexpectedResponse } from "./errors.ts";
import { isPolicy } from "./request.ts";
import type { VaultApi } from "./vault-api.ts";

/** What the vault tells about a token, beside the token. */
export interface TokenInfo {
  readonly entity?: string;
  readonly accessor?: string;
  readonly displayName?: string;
  /** Sorted, each once. */
  readonly policies: readonly string[];
  /** When it lapses, in ms since the epoch; absent means never. */
  readonly expiresAt?: number;
  /** When to renew it, in ms since the epoch, where the vault tells how long it lived in whole. */
  readonly renewAt?: number;
  readonly renewable: boolean;
  /** Whether every request uses it up. */
  readonly counted: boolean;
}

/** Of a token's life, the part that is left when it is renewed. */
const REMAINDER = 0.2;

/** Reads `lookup-self`'s `data`. `askedAt`, in ms, is when it was asked: a lapse is never guessed too late. */
function tokenInfoOfLookup(data: JsonObject, askedAt: number): TokenInfo {
  // A token in its last second has a remainder of 0 too, but one that never lapses has no time.
  const lapses = textMember(data, "expire_time") !== undefined || count(data, "ttl") > 0;
  if (!lapses) return common(data);
  const expiresAt = askedAt + count(data, "ttl") * 1000;
  // A renewal of a periodic token gives it its period, of another what it began with.
  const whole = count(data, "period") || count(data, "creation_ttl");
  return {
    ...common(data),
    expiresAt,
    ...(whole > 0 && { renewAt: Math.max(askedAt, expiresAt - whole * 1000 * REMAINDER) }),
  };
}

/** Reads the `auth` of a login or a renewal. */
export function tokenInfoOfAuth(auth: JsonObject, askedAt: number): TokenInfo {
  const seconds = count(auth, "lease_duration");
  return { ...common(auth), ...(seconds > 0 && { expiresAt: askedAt + seconds * 1000 }) };
}

/** Whether both are about a token of the same identity: what a renewal says of the token that it renewed. */
export function sameIdentity(before: TokenInfo, after: TokenInfo): boolean {
  return (
    before.entity === after.entity &&
    (before.accessor === after.accessor || after.accessor === undefined || before.accessor === undefined) &&
    before.policies.join() === after.policies.join()
  );
}

function common(source: JsonObject): Omit<TokenInfo, "expiresAt" | "renewAt"> {
  const entity = textMember(source, "entity_id");
  const accessor = textMember(source, "accessor");
  const metadata = objectMember(source, "metadata");
  const displayName =
    textMember(source, "display_name") ?? textMember(metadata, "username") ?? textMember(metadata, "role_name");
  const policies = [...texts(source, "policies"), ...texts(source, "identity_policies")];
  return {
    policies: [...new Set(policies)].toSorted(),
    renewable: source["renewable"] === true,
    counted: count(source, "num_uses") > 0,
    ...definedMembers({ entity, accessor, displayName }),
  };
}

/** What the vault tells about the current token. Throws `unauthenticated` if it is refused; `undefined` if it may not look itself up. */
export async function lookUp(api: VaultApi, hint: string, signal: AbortSignal): Promise<TokenInfo | undefined> {
  const askedAt = Date.now();
  const answer = await api.lookUpSelf(signal);
  if (answer.status === 200) {
    const data = objectMember(answer.body, "data");
    if (data === undefined) throw unexpectedResponse(answer);
    return tokenInfoOfLookup(data, askedAt);
  }
  if (answer.status === 403 && isPolicy(answer)) return undefined;
  const error = refusal(answer, { at: "lookup", hint });
  if (error.code !== "denied") throw error;
  throw new SecretError("unauthenticated", "The vault token is wrong, expired or revoked.", { ...error.details, hint });
}
