import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { SecretError, toSecretError } from "../errors/secret-error.ts";
import { trustedCertificates } from "./certificates.ts";
import { isLoopbackHost } from "./host.ts";
import { findProxy } from "./proxy.ts";
import type { Context } from "../contract/provider.ts";
import { type HttpAnswer, readBytes } from "./http-answer.ts";

/** Variables that decide how a vault is reached: a provider that uses `httpSession` names them in `envVariables`. */
export const HTTP_VARIABLES: readonly string[] = [
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
];

/** Where a vault is, and whom to trust on the way there. */
export interface LineOptions {
  /** Where the vault is: `https`, or `http` on loopback. */
  readonly url: string;
  /** Whether plain http may leave this machine, as to a cloud's metadata service. @default false */
  readonly plainHttp?: boolean;
  /** Certificates to trust instead of the usual ones, PEM. */
  readonly ca?: string;
  /** The most bytes that an answer may have. @default 8 MiB */
  readonly maxBytes?: number;
}

/** One request, ready to be sent. */
export interface LineRequest {
  readonly method: string;
  /** Below the base address, encoded, with its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly signal: AbortSignal;
}

/** Connections to one vault. */
export interface CallContext {
  /** Sends a request, whole, and takes the answer, whole, whatever its status. Rejects with a `SecretError`. */
  send(request: LineRequest): Promise<HttpAnswer>;
  readonly sent: () => number;
  /** Ends every connection. */
  readonly close: () => void;
}

/**
 * Makes connections with Node's own client: it follows no redirect, and unlike `fetch` it takes certificates and a proxy
 * without another package. Throws `invalid_config` for an address or certificates that cannot be used.
 */
export async function openLine(env: Context["env"], options: LineOptions): Promise<CallContext> {
  const { url, plainHttp = false, maxBytes = 8 * 1024 * 1024 } = options;
  const base = URL.parse(url.endsWith("/") ? url : `${url}/`);
  if (base === null || !isSafe(base, plainHttp)) {
    throw new SecretError("invalid_config", "The vault's address must be https, or http on this machine.");
  }
  const secure = base.protocol === "https:";
  const ca = secure ? await trustedCertificates(env, options.ca) : undefined;
  const proxyEnv = secure ? findProxy(env) : undefined;
  // Loaded when a session is opened: whoever only describes a connection shall not wait for them.
  const { Agent, request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
  const agent = new Agent({ keepAlive: true, ...(ca && { ca: [...ca] }), ...(proxyEnv && { proxyEnv }) });
  let sent = 0;
  return {
    sent: () => sent,
    close: () => agent.destroy(),
    async send({ target, method, headers, body, signal }) {
      if (signal.aborted) throw toSecretError(undefined, signal);
      const at = new URL(target.replace(/^\/+/, ""), base);
      if (at.origin !== base.origin) throw new SecretError("invalid_reference", "That names nothing in this vault.");
      sent++;
      try {
        return await exchange((given) => request(at, given), { agent, method, headers, signal }, body, maxBytes);
      } catch (thrown) {
        throw toSecretError(thrown, signal);
      }
    },
  };
}

function isSafe({ protocol, hostname }: URL, plainHttp: boolean): boolean {
  return protocol === "https:" || (protocol === "http:" && (plainHttp || isLoopbackHost(hostname)));
}

function exchange(
  request: (options: RequestOptions) => ClientRequest,
  options: Omit<RequestOptions, "headers"> & Pick<LineRequest, "headers">,
  body: string | Uint8Array | undefined,
  maxBytes: number,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request({ ...options, headers: { accept: "application/json", ...options.headers } });
    asked.on("error", reject);
    asked.on("response", (response) => {
      collect(response, maxBytes).then(resolve, (thrown: unknown) => {
        asked.destroy();
        reject(thrown);
      });
    });
    asked.end(body);
  });
}

async function collect(response: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const tooLarge = (): SecretError => new SecretError("unavailable", "The answer is larger than a vault's can be.");
  const bytes = await readBytes(response as AsyncIterable<Uint8Array>, maxBytes, tooLarge);
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name] = Array.isArray(value) ? value[0] : value;
  return { status: response.statusCode ?? 0, headers, bytes };
}
