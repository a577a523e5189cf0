import { type Context, foundOrTyped, SecretError, variable } from "@vaultlink/core/provider";

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

/**
 * The token: configured, of the environment, or typed. Where a new sign-in was asked for, the person goes before the
 * environment, which may hold what was refused. Throws `unauthenticated` if there is none, `aborted` if the person declines.
 */
export async function findToken(kind: TokenKind, configured: string | undefined, context: Context): Promise<string> {
  const question = { label: kind.label, secret: true };
  const token = configured ?? (await foundOrTyped(context, question, () => variable(context.env, kind.variable)));
  if (token !== undefined) return token.trim();
  throw new SecretError("unauthenticated", kind.absent, { hint: kind.hint });
}
