import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, LaterFault } from "../subject.ts";

/** What stands in every refusal's body: a body belongs into no error. */
export const CANARY = "vlcanary-of-the-kit";
/** Ms that a stand-in which throttles asks to wait. */
export const THROTTLED_FOR_MS = 2000;

/** How a server of a stand-in may misbehave; `refuse` is one that does not listen. */
export type ServerFault = Exclude<Fault | LaterFault, "refuse">;

/** What HTTP has for "ask over there": a client may follow some and not others. RFC 9110, 15.4 */
const REDIRECTS: readonly number[] = [307, 308, 301, 302, 303];

/** What another service may answer. */
const OTHER_JSON: readonly string[] = ["{}", "null", "[]", JSON.stringify(CANARY), ""];

/** Answers as a fault says, or not at all. `elsewhere` is the other origin of `redirect`; `turn` counts the answers. */
export function misbehave(
  fault: Exclude<ServerFault, "lapse" | "bad-credentials">,
  request: IncomingMessage,
  response: ServerResponse,
  elsewhere: string,
  turn: number,
  retryAfter: string = String(THROTTLED_FOR_MS / 1000),
): void {
  const json = { "content-type": "application/json" };
  switch (fault) {
    case "hang":
      return;
    case "drop":
      response.destroy();
      return;
    case "html":
      response
        .writeHead(200, { "content-type": "text/html" })
        .end(`<!doctype html><title>Sign in to the network</title><p>${CANARY}</p>`);
      return;
    case "empty-500":
      response.writeHead(500).end();
      return;
    case "redirect":
      response
        .writeHead(REDIRECTS[turn % REDIRECTS.length] ?? 307, { location: `${elsewhere}${request.url ?? "/"}` })
        .end();
      return;
    case "throttle":
      response.writeHead(429, { ...json, "retry-after": retryAfter }).end(JSON.stringify({ detail: CANARY }));
      return;
    case "throttle-silent":
      response.writeHead(429, json).end(JSON.stringify({ detail: CANARY }));
      return;
    case "other-json":
      response.writeHead(200, json).end(OTHER_JSON[turn % OTHER_JSON.length]);
      return;
    case "error-400":
    case "error-503":
      response.writeHead(fault === "error-400" ? 400 : 503, json).end(JSON.stringify({ detail: CANARY }));
      return;
    case "html-403":
    case "html-404":
    case "html-503":
      response
        .writeHead(Number(fault.slice(-3)), { "content-type": "text/html" })
        .end(`<!doctype html><title>${fault.slice(-3)}</title><p>${CANARY}</p>`);
      return;
    case "cut":
      response.writeHead(200, { ...json, "content-length": "1000" });
      response.write('{"value":"', () => response.destroy());
  }
}
