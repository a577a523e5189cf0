import { AssertionError } from "node:assert";
import { isDeepStrictEqual } from "node:util";
import type { ErrorCode } from "@vaultlink/core/provider";
import { currentCase } from "./current-case.ts";
import { type Failure, failureOf } from "./failure.ts";
import { Skipped } from "./skipped.ts";

/** Fails a case. The message is for the provider's author: what was expected, what came, which rule. Never a value. */
export function fail(message: string): never {
  throw new AssertionError({ message, stackStartFn: fail });
}

/** Fails a case unless `condition` holds. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message);
}

/** Fails a case unless the call is refused with this code. Returns the failure. */
export async function refused(
  call: Promise<unknown>,
  expected: ErrorCode | readonly ErrorCode[],
  what: string,
  rule: string,
  signal?: AbortSignal,
): Promise<Failure> {
  const codes = typeof expected === "string" ? [expected] : expected;
  const wanted = codes.map((code) => `\`${code}\``).join(" or ");
  let value: unknown;
  try {
    value = await call;
  } catch (thrown) {
    if (isOwn(thrown)) throw thrown;
    const failure = failureOf(thrown, signal);
    check(
      codes.includes(failure.code),
      `${what} must fail with ${wanted}, but failed with ${failure.shown}. ${rule}${undeclared()}`,
    );
    return failure;
  }
  return fail(`${what} must fail with ${wanted}, but returned ${kind(value)}. ${rule}`);
}

/** The value of a call that must succeed. */
export async function answered<T>(call: Promise<T>, what: string): Promise<T> {
  try {
    return await call;
  } catch (thrown) {
    if (isOwn(thrown)) throw thrown;
    return fail(`${what} must succeed, but failed with ${failureOf(thrown).shown}.${undeclared()}`);
  }
}

/** A cause of many failures: a variable that the subject sets and core does not lend. */
function undeclared(): string {
  const names = [...(currentCase()?.undeclared ?? [])];
  if (names.length === 0) return "";
  return (
    ` Before that, the provider asked \`context.env\` for ${names.join(", ")}, which the subject's \`env\` holds and ` +
    "`envVariables` does not name: core lends only what is named."
  );
}

/** Whether something was thrown by the kit itself, to end the case. */
export function isOwn(thrown: unknown): boolean {
  return thrown instanceof Skipped || thrown instanceof AssertionError;
}

/** Whether two values are the same, bytes by their content: a `Buffer` is bytes too. */
export function same(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  if (isRecord(a) && isRecord(b)) return isDeepStrictEqual({ ...a }, { ...b });
  return isDeepStrictEqual(a, b);
}

/** What sort of thing a value is, for messages. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return `a text of ${value.length} characters`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return `an object with ${Object.keys(value).length} members`;
  return `a ${typeof value}`;
}

/** Whether a value is an object of fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
