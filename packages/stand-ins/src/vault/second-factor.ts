import type { Answer } from "../kit/backend.ts";
import { type Ask, fieldsOf } from "./ask.ts";
import { errors, reply, wrapped } from "./envelope.ts";
import type { Factor, FactorRules, PendingLogin } from "./factors.ts";
import type { VaultState } from "./state.ts";
import { authOf } from "./token-answers.ts";

/** As measured: how long a login waits, and what is said meanwhile. */
const WAITS_MS = 300_000;
const WARNING =
  "A login request was issued that is subject to MFA validation. Please make sure to validate the login by sending another request to mfa/validate endpoint.";

const idOf = ({ name }: Factor): string => `factor-${name}`;

/** The answer to credentials that are right, where a second factor is asked for. */
export function askAgain(rules: FactorRules, grant: PendingLogin["grant"], state: VaultState): Answer {
  const id = state.ids.uuid();
  state.pending.set(id, { rules, grant, endsAt: state.clock.now() + WAITS_MS });
  const offers = Object.entries(rules).map(([rule, factors]) => [
    rule,
    {
      any: factors.map((factor) => ({
        type: factor.type,
        id: idOf(factor),
        uses_passcode: factor.passcode !== undefined,
        name: factor.name,
      })),
    },
  ]);
  const requirement = { mfa_request_id: id, mfa_constraints: Object.fromEntries(offers) as unknown };
  return reply(state.ids, { warnings: [WARNING], auth: { ...NOTHING, mfa_requirement: requirement } });
}

/** What an answer says of a token that is not there yet. */
const NOTHING = {
  client_token: "",
  accessor: "",
  policies: null,
  metadata: null,
  lease_duration: 0,
  renewable: false,
  entity_id: "",
  token_type: "default",
  orphan: false,
  num_uses: 0,
};

/** `sys/mfa/validate`: the token of a login that has proved itself again. */
export function validate(ask: Ask, state: VaultState): Answer {
  const { mfa_payload: payload, mfa_request_id: id } = fieldsOf(ask.call);
  const pending = typeof id === "string" ? state.pending.get(id) : undefined;
  if (typeof id !== "string" || pending === undefined || pending.endsAt <= state.clock.now()) {
    return errors(400, "invalid request ID");
  }
  const given = new Map(Object.entries(typeof payload === "object" && payload !== null ? payload : {}));
  for (const [rule, factors] of Object.entries(pending.rules)) {
    if (!factors.some((factor) => isProven(factor, given.get(idOf(factor)), state))) return refuse(rule);
  }
  for (const passcode of [...given.values()].flat()) state.passcodes.add(passcode);
  state.pending.delete(id);
  return reply(state.ids, { auth: authOf(pending.grant()) });
}

function isProven(factor: Factor, given: unknown, { passcodes }: VaultState): boolean {
  if (!Array.isArray(given)) return false;
  if (factor.passcode === undefined) return factor.declines !== true;
  return given[0] === factor.passcode && !passcodes.has(factor.passcode);
}

const refuse = (rule: string): Answer =>
  errors(403, `failed to satisfy enforcement ${rule}. error: ${wrapped("login MFA validation failed")}`);
