import type { NativeFailure } from "./secret-error.ts";

/** A word of a machine: nothing that could be a sentence, an address with a password, or a value. */
export const WORD: RegExp = /^[\w.:-]{1,100}$/;

/** What a vault or its SDK called a failure, as far as it is short machine words; `undefined` where nothing of it is. */
export function nativeFailureOf(source: unknown): NativeFailure | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  const { name, code, status, requestId } = source as Record<string, unknown>;
  const word = (text: unknown): text is string => typeof text === "string" && WORD.test(text);
  const native: NativeFailure = {
    ...(word(name) && { name }),
    ...(word(code) && { code }),
    ...(typeof status === "number" && Number.isInteger(status) && { status }),
    ...(word(requestId) && { requestId }),
  };
  return Object.keys(native).length > 0 ? native : undefined;
}
