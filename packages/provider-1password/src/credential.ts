import { type Context, prompt, SecretError } from "@vaultlink/core/provider";
import { variable } from "./env.ts";

/** A kind of token. */
export interface TokenKind {
  /** The variable that may hold it. */
  readonly variable: string;
  /** What a person is asked for. */
  readonly label: string;
  /** What is said where there is none. */
  readonly absent: string;
  readonly hint: string;
}

/** The token: configured, of the environment, or typed. Throws `unauthenticated` if there is none, `aborted` if the person declines. */
export async function findToken(
  kind: TokenKind,
  configured: string | undefined,
  { env, prompter }: Context,
): Promise<string> {
  const held = configured ?? variable(env, kind.variable);
  if (held !== undefined) return held.trim();
  const typed = await prompt(prompter, { label: kind.label, secret: true });
  if (typed !== undefined) return typed;
  throw new SecretError("unauthenticated", kind.absent, { hint: kind.hint });
}
