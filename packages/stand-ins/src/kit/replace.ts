import type { ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Answer, Backend, Call } from "./backend.ts";
import type { ReplacingFault } from "./fault.ts";
import { send } from "./inject-fault.ts";

const SIGN_IN_PAGE =
  "<!doctype html><html><head><title>Sign in</title></head><body><form>Sign in to continue</form></body></html>";

/** Sends what a fault puts in the place of the answer, or breaks the line. */
export function replace(response: ServerResponse, call: Call, backend: Backend, fault: ReplacingFault): void {
  switch (fault.kind) {
    case "hang":
      // The socket ends with the client or with the server's stop.
      if (fault.at === "body") {
        response.writeHead(200, { "content-type": "application/json", "content-length": "64" });
        response.flushHeaders();
      }
      return;
    case "drop":
      // A socket under TLS cannot be reset from above; ended, it looks the same to who waits for an answer.
      if (response.socket instanceof TLSSocket) response.socket.destroy();
      else response.socket?.resetAndDestroy();
      return;
    default:
      return send(response, substitute(call, backend, fault));
  }
}

function substitute(call: Call, backend: Backend, fault: Exclude<ReplacingFault, { kind: "hang" | "drop" }>): Answer {
  switch (fault.kind) {
    case "throttle": {
      const answer = backend.throttled(call);
      if (fault.retryAfter === undefined) return answer;
      return { ...answer, headers: { ...answer.headers, "retry-after": String(fault.retryAfter) } };
    }
    case "status": {
      const answer = backend.failure(call, fault.status);
      const headers = { ...answer.headers, ...fault.headers };
      if (fault.body === undefined) return { ...answer, headers };
      const plain = typeof fault.body === "string" || fault.body instanceof Uint8Array;
      const body = plain ? fault.body : JSON.stringify(fault.body);
      return { status: fault.status, headers, body };
    }
    case "html":
      return {
        status: fault.status ?? 200,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: SIGN_IN_PAGE,
      };
    case "empty":
      return { status: fault.status ?? 500 };
    case "redirect": {
      const bare = new URL(fault.to).pathname === "/";
      const location = bare ? new URL(`${call.path}${call.search}`, fault.to).href : fault.to;
      return { status: fault.status ?? 307, headers: { location } };
    }
    case "invalid-json":
      return { status: 200, headers: { "content-type": "application/json" }, body: '{"data": nonsense' };
  }
}
