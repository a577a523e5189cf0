import type { Answer } from "../kit/backend.ts";

export function json(content: unknown, status = 200): Answer {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(content) };
}

/** How the server words a refusal. */
export function refusal(status: number, message: string): Answer {
  return json({ status, message }, status);
}
