import {
  type Context,
  type Prompter,
  isSecretError,
  type Locator,
  type SecretDocument,
  type SecretError,
  type Session,
} from "@vaultlink/core/provider";
import { type AwsOptions, aws } from "../src/index.ts";

export type Env = Readonly<Record<string, string>>;

export interface Lent {
  readonly env?: Env;
  readonly programEnv?: Env;
  readonly signal?: AbortSignal;
  readonly prompter?: Prompter;
}

export function context({ env = {}, programEnv, signal, prompter }: Lent = {}): Context {
  const lent = { ...(programEnv && { programEnv }), ...(prompter && { prompter }) };
  return { env, signal: signal ?? new AbortController().signal, ...lent };
}

export function locator(path: string, query: Readonly<Record<string, string>> = {}): Locator {
  return { path, query };
}

/** What a document holds, which must be text. */
export function textOf({ value }: SecretDocument): string {
  if (typeof value !== "string") throw new Error("The document must be text.");
  return value;
}

/** Opens, lends the session, and closes it whatever happens. */
export async function withSession<T>(
  options: AwsOptions,
  lent: Lent,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await aws(options).open(context(lent));
  try {
    return await use(session);
  } finally {
    await session.close?.();
  }
}

/** The refusal of a call that must be refused. */
export async function refused(call: Promise<unknown>): Promise<SecretError> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isSecretError(thrown)) throw new Error("The call was not refused with an error of ours.");
  return thrown;
}

/** A person who types this, and nothing else. */
export function typing(...answers: readonly string[]): Prompter & { readonly asked: string[] } {
  const left = [...answers];
  const asked: string[] = [];
  return {
    asked,
    ask: ({ label, secret }) => {
      asked.push(secret ? `${label} (hidden)` : label);
      const answer = left.shift();
      return answer === undefined ? Promise.reject(new Error("declined")) : Promise.resolve(answer);
    },
    open: () => Promise.reject(new Error("no page is expected")),
    show: () => {},
  };
}
