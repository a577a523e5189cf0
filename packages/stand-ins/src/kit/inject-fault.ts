import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Answer } from "./backend.ts";
import type { SpoilingFault } from "./fault.ts";

const MEBIBYTE = 1024 * 1024;

/** Sends an answer as it is. */
export function send(response: ServerResponse, answer: Answer): void {
  const body = bytesOf(answer);
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.status !== 204) headers["content-length"] ??= String(body.byteLength);
  response.writeHead(answer.status, STATUS_CODES[answer.status] ?? "Unnamed", headers);
  response.end(body);
}

/** Sends an answer spoiled on the way, as a bad line or a bad proxy would. */
export function injectFault(response: ServerResponse, answer: Answer, fault: SpoilingFault): void {
  const body = bytesOf(answer);
  const half = body.subarray(0, Math.floor(body.byteLength / 2));
  switch (fault.kind) {
    case "truncated":
      return send(response, { ...answer, body: half });
    case "content-type":
      return send(response, { ...answer, headers: { ...answer.headers, "content-type": fault.type ?? "text/plain" } });
    case "oversize":
      // Blanks after JSON leave its meaning alone: only the size is wrong.
      return send(response, { ...answer, body: Buffer.concat([body, Buffer.alloc(fault.bytes ?? 5 * MEBIBYTE, " ")]) });
    case "cut":
      response.writeHead(answer.status, { ...answer.headers, "content-length": String(body.byteLength) });
      response.write(half, () => response.socket?.destroy());
      return;
    case "slow": {
      const timer = setTimeout(() => send(response, answer), fault.afterMs);
      response.once("close", () => clearTimeout(timer));
      return;
    }
    case "drip":
      response.writeHead(answer.status, { ...answer.headers, "content-length": String(body.byteLength) });
      return drip(response, body, fault.everyMs ?? 1);
  }
}

function bytesOf({ body = "" }: Answer): Buffer {
  return typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
}

function drip(response: ServerResponse, body: Buffer, everyMs: number): void {
  let sent = 0;
  response.flushHeaders();
  const timer = setInterval(() => {
    if (sent < body.byteLength) response.write(body.subarray(sent, (sent += 1)));
    else response.end();
  }, everyMs);
  response.once("close", () => clearInterval(timer));
}
