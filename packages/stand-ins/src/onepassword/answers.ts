import type { Answer } from "../kit/backend.ts";
import { seal } from "./envelope.ts";
import type { Session } from "./sessions.ts";

/** Plain JSON, as during the login. */
export function plain(status: number, content: object = {}): Answer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(content) };
}

/** JSON under the session's key. */
export function sealed({ id, exchange }: Session, content: unknown): Answer {
  return exchange === undefined ? plain(401) : plain(200, seal(id, exchange.key, content));
}
