import { isErrorCode } from "../errors/codes.ts";
import { type ErrorDetails, SecretError } from "../errors/secret-error.ts";
import type { ListEntry, SecretDocument, VaultLocation } from "../contract/provider.ts";
import { requestsIn } from "./exec-requests.ts";
import { fieldsOf } from "./fields.ts";

const MESSAGES: Readonly<Record<string, string>> = {
  aborted: "Signing in was cancelled.",
  ambiguous: "The name means more than one thing in the vault.",
  denied: "The vault does not let this identity do that.",
  invalid_config: "The connection is not set up as the vault needs it.",
  invalid_reference: "The vault does not take such a name.",
  not_found: "The vault has nothing of that name.",
  throttled: "The vault asks to slow down.",
  // A program may have none, and not have asked the vault at all.
  unauthenticated: "Credentials are missing, or the vault does not take them.",
  unavailable: "The vault could not be asked.",
  unusable: "The secret exists, and cannot be given.",
};

/** The refusal that an error of a program means. Its text is never shown: it may hold anything. */
export function programRefusal(error: unknown): SecretError {
  const { data } = fieldsOf(error, { data: "object?" });
  const { code, retry_after_ms: wait, hint, reason } = data ?? {};
  const requests = requestsIn(data);
  const counted = requests === undefined ? {} : { requests };
  const details: ErrorDetails = {
    ...counted,
    ...(typeof wait === "number" && wait >= 0 && { retryAfterMs: wait }),
    ...(typeof hint === "string" && /^[^\p{Cc}]{1,200}$/u.test(hint) && { hint: hint }),
    ...(typeof reason === "string" && { reason }),
  };
  const message = typeof code === "string" && Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;
  if (typeof code !== "string" || !isErrorCode(code) || message === undefined) {
    return new SecretError("unavailable", "The provider's program failed in a way it does not explain.", counted);
  }
  return new SecretError(code, message, details);
}

/** The refusal that an error of a process of our own making tells: with the message that its provider threw. */
export function hostedRefusal(error: unknown): SecretError {
  const { message, data } = fieldsOf(error, { message: "string?", data: "object?" });
  const { code, retry_after_ms: wait, hint, reason, native } = data ?? {};
  const requests = requestsIn(data);
  if (typeof code !== "string" || !isErrorCode(code) || message === undefined) return programRefusal(error);
  return new SecretError(code, message, {
    ...(typeof wait === "number" && { retryAfterMs: wait }),
    ...(wait === "never" && { retryAfterMs: Infinity }),
    ...(typeof hint === "string" && { hint }),
    ...(typeof reason === "string" && { reason }),
    ...(requests !== undefined && { requests }),
    ...(typeof native === "object" && native !== null && { native }),
  });
}

/** A document as a program gives it: one of `text`, `base64` and `fields`. */
export function programDocument(answer: unknown): SecretDocument {
  const { text, base64, fields, id, version, expires_at_unix_ms, lease } = fieldsOf(answer, {
    ...{ text: "string?", base64: "string?", fields: "object?", id: "string?", version: "string?" },
    ...{ expires_at_unix_ms: "number?", lease: "string?" },
  });
  const value = text ?? fields ?? (base64 === undefined ? undefined : new Uint8Array(Buffer.from(base64, "base64")));
  if (value === undefined) {
    throw new SecretError("unavailable", "The provider's program gave a document without a value.");
  }
  return {
    value,
    ...(id !== undefined && { id }),
    ...(version !== undefined && { version }),
    ...(expires_at_unix_ms !== undefined && { expiresAt: expires_at_unix_ms }),
    ...(lease !== undefined && { lease }),
  };
}

/** An entry of a listing as a program gives it. */
export function programEntry(answer: unknown): ListEntry {
  const { path, query, folder, holds_fields, title, updated_at_unix_ms, state } = fieldsOf(answer, {
    ...{ path: "string", query: "object?", folder: "boolean?", holds_fields: "boolean?", title: "string?" },
    ...{ updated_at_unix_ms: "number?", state: "string?" },
  });
  return {
    locator: {
      path,
      query: Object.fromEntries(Object.entries(query ?? {}).map(([name, held]) => [name, String(held)])),
    },
    ...(folder === true && { folder }),
    ...(holds_fields === true && { holdsFields: true }),
    ...(title !== undefined && { title }),
    ...(updated_at_unix_ms !== undefined && { updatedAt: updated_at_unix_ms }),
    ...((state === "disabled" || state === "deleted") && { state }),
  };
}

/** What a program says of where its vault is. */
export function programLocation(answer: unknown): VaultLocation {
  const { facts, address, ca_file } = fieldsOf(answer, { facts: "array", address: "string?", ca_file: "string?" });
  return {
    facts: facts.map((fact) => {
      const { what, value, variable } = fieldsOf(fact, { what: "string", value: "string", variable: "string?" });
      return { what, value, ...(variable !== undefined && { variable }) };
    }),
    address,
    caFile: ca_file,
  };
}
