import { inspect } from "node:util";
import { isSecretError } from "../../src/index.ts";

/** One fault that was seen, or could be: what is done, and what is right. */
export interface Row {
  /** Which kind of fault it is an example of. */
  readonly kind: string;
  readonly what: string;
  readonly act: () => unknown;
  readonly right: unknown;
}

/** What a call gives, or the code and the message of its refusal. */
export async function outcome(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    if (isSecretError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
}

/** What a call is refused with, all of it, as a log would show it. */
export async function shown(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (!isSecretError(error)) throw error;
    return `${inspect(error, { depth: 9, showHidden: true })}\n${JSON.stringify(error)}`;
  }
  throw new Error("It was not refused.");
}
