import { AsyncLocalStorage } from "node:async_hooks";
import { definedMembers, type JsonObject, objectMember, parseJsonObject, textMember } from "@vaultlink/core/provider";
import type { HttpHeaders } from "@azure/core-rest-pipeline";

/** Whom a request was for. */
export type Peer = "vault" | "entra" | "platform";

/** One request of a call, and what came of it: machine words only, no value, no header but those named. */
export interface Exchange {
  readonly peer: Peer;
  readonly status?: number;
  /** Node's code, where nobody answered. */
  readonly code?: string;
  /** Whether it took longer than one request may. */
  readonly late?: true;
  /** Whether the answer is in the form of who should have given it. */
  readonly genuine?: boolean;
  /** What the vault calls the refusal, and why; or what Entra calls it. */
  readonly error?: string;
  readonly inner?: string;
  /** Entra's own numbers of the refusal. */
  readonly numbers?: readonly number[];
  readonly retryAfter?: string;
  readonly requestId?: string;
  /** Path and query of what was asked, of a vault only: to see whether a list leads back to itself. Never passed on. */
  readonly asked?: string;
  /** What was said, in lower case: only to tell cases apart, never passed on. */
  readonly text?: string;
}

const calls = new AsyncLocalStorage<Exchange[]>();

/**
 * Runs a call of the SDK and collects every exchange it leads to. The SDK loses the status of an empty answer, and says
 * "authentication required" for whatever the token endpoint answers; what was really exchanged tells.
 */
export function within<T>(exchanges: Exchange[], run: () => Promise<T>): Promise<T> {
  return calls.run(exchanges, run);
}

/** Notes an exchange for the call that led to it. */
export function note(exchange: Exchange): void {
  calls.getStore()?.push(exchange);
}

/** What the call that runs now asked a vault for last. */
export const lastAsked = (): string | undefined =>
  calls.getStore()?.findLast(({ asked }) => asked !== undefined)?.asked;

/** Whether what happens now is caused by a call of ours. */
export const isOurs = (): boolean => calls.getStore() !== undefined;

/** What to remember of an answer. */
export function exchangeOf(peer: Peer, status: number, headers: HttpHeaders, body: string): Exchange {
  const fields = parseJsonObject(body);
  const [retryAfter, requestId] = [headers.get("retry-after"), headers.get("x-ms-request-id")];
  const common = {
    peer,
    status,
    ...definedMembers({ retryAfter, requestId }),
  };
  if (status < 300) return { ...common, genuine: fields !== undefined };
  return { ...common, ...(peer === "vault" ? vaultRefusal(fields) : entraRefusal(fields)) };
}

/** https://learn.microsoft.com/azure/key-vault/general/rest-error-codes */
function vaultRefusal(fields: JsonObject | undefined): Partial<Exchange> {
  const error = objectMember(fields, "error");
  const code = textMember(error, "code");
  const inner = textMember(objectMember(error, "innererror"), "code");
  return {
    genuine: code !== undefined,
    text: (textMember(error, "message") ?? "").toLowerCase(),
    ...definedMembers({ error: code, inner }),
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function entraRefusal(fields: JsonObject | undefined): Partial<Exchange> {
  const error = textMember(fields, "error");
  const codes = fields?.["error_codes"];
  const said = textMember(fields, "error_description") ?? "";
  const spelled = [...said.matchAll(/AADSTS(\d{4,8})/g)].map(([, digits]) => Number(digits));
  const numbers = Array.isArray(codes) ? codes.filter((one): one is number => typeof one === "number") : spelled;
  return {
    genuine: error !== undefined,
    text: said.toLowerCase(),
    ...(error !== undefined && { error }),
    ...(numbers.length > 0 && { numbers }),
  };
}
