import type { Answer } from "../kit/backend.ts";

/** An answer in JSON; `undefined` members are left out. */
export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** How Key Vault words a refusal. `inner` is what it calls the reason. */
export function vaultRefusal(status: number, code: string, message: string, inner?: string): Answer {
  return json({ error: { code, message, ...(inner !== undefined && { innererror: { code: inner } }) } }, status, {
    "x-ms-request-id": "00000000-0000-4000-8000-00000000aaaa",
  });
}

/** How Entra words a refusal: a number, a sentence and when. */
export function entraRefusal(error: string, number: number, sentence: string, status = 400): Answer {
  const trace = "00000000-0000-4000-8000-00000000bbbb";
  const at = "2026-01-01 00:00:00Z";
  const body = {
    error,
    error_description: `AADSTS${number}: ${sentence} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${at}`,
    error_codes: [number],
    timestamp: at,
    trace_id: trace,
    correlation_id: trace,
  };
  return json(body, status, { "x-ms-request-id": trace });
}
