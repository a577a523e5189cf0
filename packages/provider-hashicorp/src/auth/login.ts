import { SecretError } from "@vaultlink/core";
import { type Body, group, text } from "../body.ts";
import { refusal, strange } from "../errors.ts";
import { factsOfAuth } from "../facts.ts";
import type { VaultApi } from "../vault-api.ts";
import type { Grant } from "./grant.ts";
import { checkToken } from "./token.ts";

/** One login request. */
export interface Login {
  /** Encoded, e.g. `"auth/approle/login"`. */
  readonly path: string;
  readonly credentials: Body;
  /** The command that gives new credentials. */
  readonly mend: string;
}

/** Exchanges credentials for a token of our own. Its answer says everything a lookup would: none is made. */
export async function logIn(api: VaultApi, { path, credentials, mend }: Login, signal: AbortSignal): Promise<Grant> {
  const askedAt = Date.now();
  const answer = await api.logIn(path, credentials, signal);
  if (answer.status !== 200) throw refusal(answer, { at: "login", mend });
  const auth = group(answer.body, "auth");
  const token = text(auth, "client_token");
  if (auth === undefined) throw strange(answer);
  if (token === undefined) {
    throw new SecretError("unauthenticated", "This login asks for a second factor, which is not supported.", { mend });
  }
  api.useToken(checkToken(token, mend));
  return { token, mend, ours: true, facts: factsOfAuth(auth, askedAt) };
}
