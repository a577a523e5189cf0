import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault, LaterFault } from "../subject.ts";

/** What stands in every refusal's body: a body belongs into no error. */
export const CANARY = "vlcanary-of-the-kit";
/** Ms that a stand-in which throttles asks to wait. */
export const THROTTLED_FOR_MS = 2000;

/** How a server of a stand-in may misbehave; `refuse` is one that does not listen. */
export type ServerFault = Exclude<Fault | LaterFault, "refuse">;

/** Answers as a fault says, or not at all. `elsewhere` is the other origin of `redirect`. */
export function misbehave(
  fault: Exclude<ServerFault, "lapse" | "bad-credentials">,
  request: IncomingMessage,
  response: ServerResponse,
  elsewhere: string,
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
      response.writeHead(307, { location: `${elsewhere}${request.url ?? "/"}` }).end();
      return;
    case "throttle":
      response.writeHead(429, { ...json, "retry-after": retryAfter }).end(JSON.stringify({ detail: CANARY }));
      return;
    case "other-json":
      response.writeHead(200, json).end("{}");
      return;
    case "cut":
      response.writeHead(200, { ...json, "content-length": "1000" });
      response.write('{"value":"', () => response.destroy());
  }
}
