import { encodePath, type JsonObject, objectMember, textMember } from "@vaultlink/core/provider";
import { noToken, refusal } from "../errors.ts";
import { tokenInfoOfAuth } from "../token-info.ts";
import type { VaultResponse } from "../vault-api.ts";
import type { Attempt, Grant } from "./attempt.ts";
import { checkToken } from "./token.ts";

/** One login request. */
export interface Login {
  /** Where the method is mounted, if the options do not say. */
  readonly mount: string;
  /** What the path has after `login`: a user name. */
  readonly user?: string;
  readonly credentials: JsonObject;
  /** The command that gives new credentials. */
  readonly hint: string;
}

/**
 * Exchanges credentials for a token of our own. Its answer says everything a lookup would: none is made.
 * `undefined` for a refusal that `incomplete` recognises: more has to be given.
 */
export async function logIn(attempt: Attempt, login: Login): Promise<Grant>;
export async function logIn(
  attempt: Attempt,
  login: Login,
  incomplete: (answer: VaultResponse) => boolean,
): Promise<Grant | undefined>;
export async function logIn(
  attempt: Attempt,
  { mount, user, credentials, hint }: Login,
  incomplete?: (answer: VaultResponse) => boolean,
): Promise<Grant | undefined> {
  const { api, auth, context } = attempt;
  const path = `auth/${encodePath(auth.mount ?? mount)}/login${user === undefined ? "" : `/${encodeURIComponent(user)}`}`;
  const askedAt = Date.now();
  const answer = await api.logIn(path, credentials, context.signal);
  if (answer.status === 400 && incomplete?.(answer) === true) return undefined;
  if (answer.status !== 200) throw refusal(answer, { at: "login", hint });
  return takeGrant(attempt, answer, askedAt, hint);
}

/** The token in an answer that grants one, maybe for a second factor; in use from now on. `askedAt`: ms since the epoch. */
export async function takeGrant(
  attempt: Attempt,
  answer: VaultResponse,
  askedAt: number,
  hint: string,
): Promise<Grant> {
  const requirement = objectMember(objectMember(answer.body, "auth"), "mfa_requirement");
  if (requirement === undefined) return grantOf(attempt, answer, askedAt, hint);
  const { validateMfa } = await import("./mfa.ts");
  const proven = await validateMfa(attempt, answer, requirement);
  return grantOf(attempt, proven.answer, proven.askedAt, hint);
}

function grantOf({ api }: Attempt, answer: VaultResponse, askedAt: number, hint: string): Grant {
  const auth = objectMember(answer.body, "auth");
  const token = textMember(auth, "client_token");
  if (auth === undefined || token === undefined) throw noToken(answer, hint);
  api.useToken(checkToken(token, hint));
  return { token, hint, ours: true, info: tokenInfoOfAuth(auth, askedAt) };
}
