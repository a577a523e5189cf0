import {
  isJsonObject,
  type JsonObject,
  objectMember,
  prompt,
  type Prompter,
  SecretError,
  textMember,
} from "@vaultlink/core/provider";
import { refusal, unexpectedResponse } from "../errors.ts";
import type { VaultResponse } from "../vault-api.ts";
import type { Attempt } from "./attempt.ts";

const HINT = "vaultlink reauth";

/** One way to prove oneself again, as the vault offers it. */
interface Factor {
  readonly id: string;
  /** What a person knows it by. */
  readonly name: string;
  /** Otherwise the vault asks on a device of the person's. */
  readonly passcode: boolean;
}

/** What the vault says to the proof, and when it was asked, in ms since the epoch. */
interface Proven {
  readonly answer: VaultResponse;
  readonly askedAt: number;
}

/**
 * Satisfies a login that asks for a second factor: of each of the vault's rules one factor will do.
 * https://developer.hashicorp.com/vault/docs/auth/login-mfa and https://developer.hashicorp.com/vault/api-docs/system/mfa/validate
 * Throws `unauthenticated` where nobody waits to be asked: to a device nothing is sent then either, since its owner would
 * be asked for something they did not begin.
 */
export async function validateMfa(attempt: Attempt, answer: VaultResponse, requirement: JsonObject): Promise<Proven> {
  const { api, context } = attempt;
  const { prompter } = context;
  if (prompter === undefined) throw refuse("The vault asks for a second factor, and nobody is here to give it.");
  const request = textMember(requirement, "mfa_request_id");
  const rules = rulesOf(requirement);
  if (request === undefined || rules === undefined) throw unexpectedResponse(answer);
  const payload = new Map<string, readonly string[]>();
  for (const rule of rules) {
    if (rule.some(({ id }) => payload.has(id))) continue;
    const factor = await choose(attempt, prompter, rule);
    // Without a passcode the vault's own client sends an empty one.
    payload.set(factor.id, [factor.passcode ? await askPasscode(attempt, prompter, factor) : ""]);
    if (!factor.passcode) prompter.show(`Confirm this sign-in on the device of ${factor.name}.`);
  }
  const proof = { mfa_request_id: request, mfa_payload: Object.fromEntries(payload) };
  const askedAt = Date.now();
  const proven = await api.logIn("sys/mfa/validate", proof, context.signal);
  if (proven.status !== 200) throw refusal(proven, { at: "mfa", hint: HINT });
  return { answer: proven, askedAt };
}

async function choose({ address }: Attempt, prompter: Prompter, rule: readonly [Factor, ...Factor[]]): Promise<Factor> {
  if (rule.length === 1) return rule[0];
  const names = rule.map(({ name }) => name).join(", ");
  const chosen = await prompt(prompter, { label: `Second factor for ${address}, one of ${names}`, secret: false });
  const found = rule.find(({ name }) => name === chosen);
  if (found === undefined) throw refuse("The vault has no second factor of that name for this sign-in.");
  return found;
}

async function askPasscode({ address }: Attempt, prompter: Prompter, { name }: Factor): Promise<string> {
  const passcode = await prompt(prompter, { label: `Passcode of ${name} for ${address}`, secret: true });
  if (passcode === undefined) throw refuse("There is no passcode to sign in with.");
  return passcode;
}

/** The factors of each rule, or `undefined` if that is not what the vault sent. */
function rulesOf(requirement: JsonObject): readonly (readonly [Factor, ...Factor[]])[] | undefined {
  const rules = Object.values(objectMember(requirement, "mfa_constraints") ?? {}).map((rule) => {
    const any = isJsonObject(rule) && Array.isArray(rule["any"]) ? (rule["any"] as readonly unknown[]) : [];
    const [first, ...more] = any.map(toFactor).filter((factor) => factor !== undefined);
    return first === undefined ? undefined : ([first, ...more] as const);
  });
  const sound = rules.filter((rule) => rule !== undefined);
  return sound.length > 0 && sound.length === rules.length ? sound : undefined;
}

function toFactor(offered: unknown): Factor | undefined {
  if (!isJsonObject(offered)) return undefined;
  const id = textMember(offered, "id");
  if (id === undefined) return undefined;
  const name = textMember(offered, "name") ?? textMember(offered, "type") ?? id;
  // Shown on a terminal.
  return {
    id,
    name: name.replace(/[^\p{L}\p{N} ._-]/gu, "?").slice(0, 80),
    passcode: offered["uses_passcode"] === true,
  };
}

const refuse = (message: string): SecretError => new SecretError("unauthenticated", message, { hint: HINT });
