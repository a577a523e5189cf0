import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Prompter } from "../contract/provider.ts";
import { SecretError } from "../errors/secret-error.ts";
import { abortable } from "../async/deadline.ts";
import { declining } from "./prompt.ts";

/** Where the browser brings the answer to, and how. RFC 8252, 7.3. */
export interface RedirectOptions {
  /** As it stands in the redirect address. */
  readonly host: "localhost" | "127.0.0.1";
  /** Tried in this order; 0 is any that is free. */
  readonly ports: readonly number[];
  /** `""` where the redirect address ends with the port. */
  readonly path: string;
  /** Whether the answer is in the query of a GET, or in the form of a POST (OAuth 2.0 Form Post Response Mode). */
  readonly responseMode: "query" | "form_post";
  readonly signal: AbortSignal;
  /** The sentence where the page gives no code. */
  readonly refusal: string;
  /** What helps where every port is taken. */
  readonly portHint?: string;
}

/** A listener on loopback for one browser. */
export interface RedirectListener {
  /** What the vault and the provider are told, e.g. `"http://localhost:8250/oidc/callback"`. */
  readonly url: string;
  readonly port: number;
  /** The code that the browser brings with this state. Throws `aborted` if the person declined or the signal did. */
  readonly waitForCode: (state: string) => Promise<string>;
  /** Stops listening; a browser that comes later finds nobody. */
  readonly close: () => void;
}

/** Bytes of a form; a code has about a thousand. */
const MAX_FORM = 64 * 1024;

/** Listens on loopback. Throws `unavailable` if every port is taken. */
export async function listenForRedirect(options: RedirectOptions): Promise<RedirectListener> {
  const { host, path, ports, refusal, signal } = options;
  const { createServer } = process.getBuiltinModule("node:http");
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  promise.catch(() => {});
  let expected: string | undefined;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const answer = await readAnswer(request, options);
    // Anybody on this machine may knock: who does not know the state neither signs in nor ends the waiting.
    if (answer === undefined || expected === undefined || answer.get("state") !== expected) {
      return respond(response, 404, "This is not the sign-in that was started.");
    }
    const code = answer.get("code");
    if (!code) {
      response.once("close", () => reject(refused(answer.get("error"), refusal)));
      return respond(response, 200, "Signing in was refused. You can close this page.");
    }
    // Told only when the page is out: whoever waits closes the listener, and its connections, then.
    response.once("close", () => resolve(code));
    return respond(response, 200, "Signed in. You can close this page.");
  };
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy());
  });
  const port = await listenOnFirst(server, ports, options.portHint);
  return {
    url: `http://${host}:${port}${path}`,
    port,
    waitForCode: (state) => {
      expected = state;
      return abortable(promise, signal);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Sends the person to a page to sign in on, and gives the code that the browser brings back. The listener is closed in any
 * case. Throws `aborted` if the person declines, `unauthenticated` if the page does.
 */
export async function signInOnPage(
  prompter: Prompter,
  listener: RedirectListener,
  { page, state }: { readonly page: string; readonly state: string },
): Promise<string> {
  try {
    const coming = listener.waitForCode(state);
    // Some person's `open` lasts as long as the browser does.
    const opening = declining(() => prompter.open(page));
    return await Promise.race([coming, opening.then(() => coming)]);
  } finally {
    listener.close();
  }
}

/** What a browser that was sent here brings, or `undefined`: a page elsewhere may reach us under a name of its own. */
async function readAnswer(
  request: IncomingMessage,
  { path, responseMode }: RedirectOptions,
): Promise<URLSearchParams | undefined> {
  const { headers, method, url } = request;
  if (!/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(headers.host ?? "")) return undefined;
  if (method !== (responseMode === "query" ? "GET" : "POST")) return undefined;
  const asked = URL.parse(url ?? "", "http://127.0.0.1");
  if (asked?.pathname !== (path || "/")) return undefined;
  return responseMode === "query" ? asked.searchParams : readForm(request);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = "";
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > MAX_FORM) throw new RangeError("The form is too large.");
  }
  return new URLSearchParams(text);
}

function respond(response: ServerResponse, status: number, text: string): void {
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
function refused(error: string | null, refusal: string): SecretError {
  if (error === "access_denied") return new SecretError("aborted", "Signing in was declined in the browser.");
  return new SecretError("unauthenticated", refusal, { hint: "vaultlink reauth" });
}

async function listenOnFirst(server: Server, ports: readonly number[], hint: string | undefined): Promise<number> {
  for (const port of ports) {
    const bound = await listen(server, port);
    if (bound !== undefined) return bound;
  }
  const named = ports.join(" and ");
  throw new SecretError("unavailable", `The browser could not come back: port ${named} of this machine is in use.`, {
    ...(hint !== undefined && { hint }),
  });
}

function listen(server: Server, port: number): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<number | undefined>();
  const failed = (): void => resolve(undefined);
  server.once("error", failed);
  server.listen(port, "127.0.0.1", () => {
    server.off("error", failed);
    const address = server.address();
    resolve(typeof address === "object" ? address?.port : undefined);
  });
  return promise;
}

/** What binds a sign-in on a page to whoever began it. RFC 6749, 10.12; RFC 7636. */
export interface Pkce {
  readonly state: string;
  readonly verifier: string;
  /** Of the method `S256`. */
  readonly challenge: string;
}

/** Makes it anew, for one sign-in. */
export function createPkce(): Pkce {
  const { createHash, randomBytes } = process.getBuiltinModule("node:crypto");
  const [state, verifier] = [randomBytes(32).toString("base64url"), randomBytes(32).toString("base64url")];
  return { state, verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
