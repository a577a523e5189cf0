import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { definedMembers } from "@vaultlink/core/provider";
import { boundBody } from "../bound.ts";
import type { SdkError } from "../sdk-error.ts";

/** Bytes. Credentials are some thousand. */
const MOST = 1024 * 1024;

/** What this thread's requests came to, of the last one: the SDK often keeps of a cause only a text, in words of its own. */
export interface Witness {
  /** Status and `Retry-After` of the last answer; a code where a request went out and none came. */
  seen(): Pick<SdkError, "status" | "retryAfter" | "code">;
  /** Whether anybody was there to be asked. */
  connected(): boolean;
}

/** Watches every request of this thread, by whatever client, and bounds the answers. https://nodejs.org/api/diagnostics_channel.html */
export function watchRequests(): Witness {
  let last: ClientRequest | undefined;
  let answer: IncomingMessage | undefined;
  let code: string | undefined;
  let connected = false;
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once("connect", () => (connected = true));
  });
  subscribe("http.client.request.start", (message) => {
    last = (message as { readonly request: ClientRequest }).request;
    answer = undefined;
    // Until something else is known: clients that gave up waiting say so in many ways.
    code = "ETIMEDOUT";
    let waited = false;
    last.once("timeout", () => (waited = true));
    last.once("error", (error: NodeJS.ErrnoException) => {
      // Who gave up waiting also breaks the connection.
      if (!waited) code = error.code ?? code;
    });
  });
  subscribe("http.client.response.finish", (message) => {
    const { request, response } = message as { readonly request: ClientRequest; readonly response: IncomingMessage };
    boundBody(response, MOST);
    if (request === last) answer = response;
  });
  return {
    seen: () =>
      answer === undefined
        ? definedMembers({ code })
        : definedMembers({ status: answer.statusCode, retryAfter: answer.headers["retry-after"] }),
    connected: () => connected,
  };
}
