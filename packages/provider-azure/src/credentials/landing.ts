import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { SecretError } from "@vaultlink/core/provider";

/** Where the browser comes back to with what Entra gave it. */
export interface Landing {
  readonly url: string;
  /** Settles when the browser comes. Rejects with `aborted` if the person declined. */
  readonly code: Promise<string>;
  readonly close: () => void;
}

/** Bytes; a code has about a thousand. */
const LIMIT = 64 * 1024;
const PAGE = "<!doctype html><title>vaultlink</title><p>You can close this page and go back to the terminal.</p>";

/** Listens on loopback for one answer, which must carry `state`. What is posted here by anybody else is left aside. */
export async function openLanding(state: string): Promise<Landing> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  promise.catch(() => {});
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.setHeader("connection", "close");
    readForm(request).then(
      (form) => {
        if (request.method !== "POST" || form.get("state") !== state) return response.writeHead(400).end();
        const code = form.get("code");
        if (code === null) reject(refused(form.get("error")));
        else resolve(code);
        return response.end(PAGE);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", listening);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    code: promise,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > LIMIT) throw new RangeError("The answer is too large.");
  }
  return new URLSearchParams(text);
}

function refused(error: string | null): SecretError {
  return error === "access_denied"
    ? new SecretError("aborted", "The person declined on the page.")
    : new SecretError("unauthenticated", "The page of Entra gave no code.", { hint: "vaultlink reauth" });
}
