import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { SecretError } from "@vaultlink/core/provider";

/** Where the browser comes back to. */
export interface Callback {
  /** What the vault and the provider are told, e.g. `"http://localhost:8250/oidc/callback"`. */
  readonly url: string;
  readonly port: number;
  /** What the browser brings with the right state. Throws `aborted` if the person declined or the signal did. */
  wait(state: string): Promise<{ readonly code: string }>;
  /** Stops listening; a browser that comes later finds nobody. */
  close(): void;
}

export interface CallbackOptions {
  /** As it stands in the redirect address. */
  readonly host: "localhost" | "127.0.0.1";
  /** Tried in this order. */
  readonly ports: readonly number[];
  readonly path: string;
  readonly signal: AbortSignal;
}

/** Listens on loopback for one browser. Throws `unavailable` if every port is taken. */
export async function listenForCallback({ host, ports, path, signal }: CallbackOptions): Promise<Callback> {
  const { createServer } = process.getBuiltinModule("node:http");
  const { promise, resolve, reject } = Promise.withResolvers<{ readonly code: string }>();
  promise.catch(() => undefined);
  let expected: string | undefined;
  const server = createServer((request, response) => {
    const query = queryOf(request, path, server);
    // Anybody on this machine may knock: who does not know the state neither signs in nor ends the waiting.
    if (query === undefined || expected === undefined || query.get("state") !== expected) {
      return answer(response, 404, "This is not the sign-in that was started.");
    }
    const code = query.get("code");
    if (code !== null && code !== "") {
      resolve({ code });
      return answer(response, 200, "Signed in. You can close this page.");
    }
    reject(refused(query.get("error")));
    return answer(response, 200, "Signing in was refused. You can close this page.");
  });
  const port = await firstFree(server, ports);
  const close = (): void => {
    signal.removeEventListener("abort", cancel);
    server.close();
    server.closeIdleConnections();
  };
  const cancel = (): void => {
    reject(new SecretError("aborted", "Signing in was cancelled."));
    close();
    server.closeAllConnections();
  };
  signal.addEventListener("abort", cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    url: `http://${host}:${port}${path}`,
    port,
    wait: (state) => {
      expected = state;
      return promise;
    },
    close,
  };
}

/** The query of a browser that was sent here, or `undefined`: a page elsewhere may reach us under a name of its own. */
function queryOf({ method, url, headers }: IncomingMessage, path: string, server: Server): URLSearchParams | undefined {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  if (method !== "GET" || !/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(headers.host ?? "")) return undefined;
  const asked = URL.parse(url ?? "", `http://127.0.0.1:${port}`);
  return asked?.pathname === path ? asked.searchParams : undefined;
}

function answer(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      connection: "close",
    })
    .end(`${text}\n`);
}

/** https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
function refused(error: string | null): SecretError {
  if (error === "access_denied") return new SecretError("aborted", "Signing in was declined in the browser.");
  return new SecretError("unauthenticated", "The OIDC provider refused to sign in.", { hint: "vaultlink reauth" });
}

async function firstFree(server: Server, ports: readonly number[]): Promise<number> {
  for (const port of ports) if (await listens(server, port)) return port;
  const named = ports.join(" and ");
  throw new SecretError("unavailable", `The browser could not come back: port ${named} of this machine is in use.`, {
    hint: 'free the port, or set the connection\'s option "auth.callbackPort"',
  });
}

function listens(server: Server, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const failed = (): void => resolve(false);
  server.once("error", failed);
  server.listen(port, "127.0.0.1", () => {
    server.off("error", failed);
    resolve(true);
  });
  return promise;
}
