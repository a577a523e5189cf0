import type { Clock } from "../kit/clock.ts";
import { timestamp } from "./envelope.ts";
import type { Token } from "./tokens.ts";

/** The `auth` part of a login's or a renewal's answer, as measured. */
export function authOf(token: Token): Record<string, unknown> {
  return {
    client_token: token.id,
    accessor: token.accessor,
    policies: token.policies,
    token_policies: token.policies,
    metadata: token.meta,
    lease_duration: token.ttl,
    renewable: token.renewable,
    entity_id: token.entityId,
    token_type: "service",
    orphan: token.orphan,
    mfa_requirement: null,
    num_uses: token.usesLeft,
  };
}

/** The `data` part of `auth/token/lookup-self`, as measured. `id` is the token itself. */
export function lookupOf(token: Token, clock: Clock): Record<string, unknown> {
  const left = token.expiresAt === null ? 0 : Math.ceil((token.expiresAt - clock.now()) / 1000);
  return {
    accessor: token.accessor,
    creation_time: Math.floor(token.createdAt / 1000),
    creation_ttl: token.creationTtl,
    display_name: token.displayName,
    entity_id: token.entityId,
    expire_time: token.expiresAt === null ? null : timestamp(token.expiresAt),
    explicit_max_ttl: token.explicitMaxTtl,
    id: token.id,
    issue_time: timestamp(token.createdAt),
    meta: token.meta,
    num_uses: token.usesLeft,
    orphan: token.orphan,
    path: token.path,
    policies: token.policies,
    renewable: token.renewable,
    ttl: left,
    type: "service",
  };
}
