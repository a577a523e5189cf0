import type { Answer } from "../kit/backend.ts";
import { type Ask, fieldsOf } from "./ask.ts";
import { inWords, seconds } from "./duration.ts";
import { errors, noContent, reply } from "./envelope.ts";
import type { VaultState } from "./state.ts";
import { authOf, lookupOf } from "./token-answers.ts";
import type { Token } from "./tokens.ts";

export function lookupSelf(asker: Token, state: VaultState): Answer {
  return reply(state.ids, { data: lookupOf(asker, state.clock) });
}

export function renewSelf(ask: Ask, asker: Token, state: VaultState): Answer {
  if (!asker.renewable) return errors(400, "lease is not renewable");
  const { increment } = fieldsOf(ask.call);
  const wanted = seconds(increment);
  const given = state.tokens.renew(asker, wanted);
  const capped = wanted !== undefined && given < wanted;
  const warning = `TTL of "${String(increment)}" exceeded the effective max_ttl of "${inWords(asker.maxTtl)}"; TTL value is capped accordingly`;
  return reply(state.ids, { auth: authOf(asker), ...(capped ? { warnings: [warning] } : {}) });
}

export function revokeSelf(asker: Token, state: VaultState): Answer {
  state.tokens.revoke((token) => token === asker);
  state.leases.revokeOf(asker.id);
  return noContent();
}

/** `sys/leases/revoke`, the id in the body or in the path. A lease that never was is revoked as well. */
export function revokeLease(ask: Ask, state: VaultState): Answer {
  const inPath = ask.local.replace(/^sys\/(leases\/)?revoke\/?/, "");
  const id = inPath === "" ? fieldsOf(ask.call)["lease_id"] : inPath;
  if (typeof id !== "string" || id === "") return errors(400, "lease_id must be specified");
  state.leases.revoke(id);
  return noContent();
}

/** Opens a wrapping, once. The wrapping token is the one that asks, or one in the body. */
export function unwrap(ask: Ask, asker: Token, state: VaultState): Answer {
  const { token } = fieldsOf(ask.call);
  const wrapping = typeof token === "string" ? state.tokens.find(token) : asker;
  if (!wrapping?.wrapped) return errors(400, "wrapping token is not valid or does not exist");
  state.tokens.revoke((other) => other === wrapping);
  return reply(state.ids, wrapping.wrapped);
}
