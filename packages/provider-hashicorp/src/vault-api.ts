import {
  definedMembers,
  type JsonObject,
  parseJsonObject,
  parseRetryAfter,
  SecretError,
} from "@vaultlink/core/provider";
import type { Response, Transport } from "./http.ts";
import { unreachable } from "./unreachable.ts";

/** What the vault said. Any status: who asks decides what it means. */
export interface VaultResponse {
  readonly status: number;
  /** Absent where the answer is no JSON object, e.g. a proxy's page. */
  readonly body?: JsonObject;
  /** The media type, in lower case and without parameters. */
  readonly type?: string;
  /** How long the vault asks us to wait, in ms. */
  readonly retryAfterMs?: number;
  /** Where a redirect points. */
  readonly location?: string;
}

/** The only requests this package can make: nothing here writes a secret. Paths are encoded by the caller. */
export interface VaultApi {
  /** The token of all later requests. */
  useToken(token: string): void;
  /** `lost` is told the lease of an answer that cannot be used: the vault made the credential all the same. */
  read(path: string, signal: AbortSignal, lost?: (lease: string) => void): Promise<VaultResponse>;
  /** What lies directly below a path. */
  list(path: string, signal: AbortSignal): Promise<VaultResponse>;
  logIn(path: string, credentials: JsonObject, signal: AbortSignal): Promise<VaultResponse>;
  /** Opens what the current token, a wrapping one, hides. Works once. */
  unwrap(signal: AbortSignal): Promise<VaultResponse>;
  lookUpSelf(signal: AbortSignal): Promise<VaultResponse>;
  renewSelf(signal: AbortSignal): Promise<VaultResponse>;
  revokeSelf(signal: AbortSignal): Promise<VaultResponse>;
  revokeLease(lease: string, signal: AbortSignal): Promise<VaultResponse>;
}

/** The part of node-vault in use; its own types are written for another version and promise `any`. */
interface Client {
  token: string;
  namespace: string;
  pathPrefix: string;
  request(options: Call): Promise<unknown>;
}

/** One call on its way through node-vault, which hands the same object to the transport. */
interface Call {
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  readonly json?: JsonObject;
  readonly signal: AbortSignal;
  /** Set by node-vault. */
  readonly uri?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set by the transport: node-vault drops the headers of an answer, and of most errors the body. */
  answer?: VaultResponse;
  /** Set by the transport: what ended an answer before its end. */
  cut?: Error;
  /** Set by the transport: the lease in an answer that cannot be used. */
  lease?: string | undefined;
}

export interface VaultApiOptions {
  readonly address: string;
  /** Empty for the root. */
  readonly namespace: string;
  readonly transport: Transport;
}

/** Loads node-vault and contains it: our transport, its `request` alone, no debug output, nothing from `process.env`. */
export async function loadVaultApi({ address, namespace, transport }: VaultApiOptions): Promise<VaultApi> {
  const { default: nodeVault } = (await import("node-vault")) as unknown as {
    readonly default: (config: Readonly<Record<string, unknown>>) => Client;
  };
  const client = nodeVault({
    endpoint: address,
    noCustomHTTPVerbs: true,
    // Its own debug output holds the bodies of logins.
    debug: () => {},
    // Of its commands none is used, nor what fills in and checks their paths; loading them costs more than all the rest.
    ...{ commands: {}, mustache: {}, tv4: { validate: () => true } },
    // The undocumented hook of its former HTTP library. Without it axios would send the token after redirects.
    "request-promise": { defaults: () => (call: Call) => send(transport, call) },
  });
  // Where the configuration is silent it took VAULT_TOKEN, VAULT_NAMESPACE and VAULT_PREFIX of this process.
  Object.assign(client, { token: "", namespace, pathPrefix: "" });

  const request = async (call: Call, lost?: (lease: string) => void): Promise<VaultResponse> => {
    try {
      await client.request(call);
    } catch (thrown) {
      // An answer with another status than 200 or 204 is thrown too; we have it already.
      if (call.answer === undefined && call.cut === undefined) throw unreachable(thrown, call.signal, address);
    }
    if (call.lease !== undefined) lost?.(call.lease);
    if (call.cut !== undefined) throw unreachable(call.cut, call.signal, address);
    if (call.answer === undefined) throw new SecretError("internal", "The request was not sent.");
    return call.answer;
  };
  const requestJson = (
    method: Call["method"],
    path: string,
    signal: AbortSignal,
    json?: JsonObject,
  ): Promise<VaultResponse> => request({ method, path: `/${path}`, signal, ...(json !== undefined && { json }) });
  return {
    useToken: (token) => {
      client.token = token;
    },
    read: (path, signal, lost) => request({ method: "GET", path: `/${path}`, signal }, lost),
    // Node's HTTP parser refuses the verb LIST; the vault takes this instead.
    list: (path, signal) => requestJson("GET", `${path}?list=1`, signal),
    logIn: (path, credentials, signal) => requestJson("POST", path, signal, credentials),
    unwrap: (signal) => requestJson("POST", "sys/wrapping/unwrap", signal, {}),
    lookUpSelf: (signal) => requestJson("GET", "auth/token/lookup-self", signal),
    renewSelf: (signal) => requestJson("POST", "auth/token/renew-self", signal, {}),
    revokeSelf: (signal) => requestJson("POST", "auth/token/revoke-self", signal, {}),
    revokeLease: (lease, signal) => requestJson("PUT", "sys/leases/revoke", signal, { lease_id: lease }),
  };
}

/** What node-vault calls instead of axios. Its answer is shaped for node-vault; ours stays on the call. */
async function send(transport: Transport, call: Call): Promise<object> {
  const uri = call.uri ?? "";
  const response = await transport.send({
    method: call.method,
    uri,
    headers: {
      accept: "application/json",
      // A small body that unpacks to a huge one is not what was asked for.
      "accept-encoding": "identity",
      // What the vault's own clients send; a proxy of the vault may insist, as a guard against forged requests.
      "x-vault-request": "true",
      ...(call.json !== undefined && { "content-type": "application/json" }),
      ...call.headers,
    },
    signal: call.signal,
    ...(call.json !== undefined && { body: JSON.stringify(call.json) }),
  });
  const answer = toAnswer(response);
  // Of a refusal the status says enough.
  if (response.status === 200 && (response.cut !== undefined || answer.body === undefined)) {
    call.lease = findLease(response.text);
    if (response.cut !== undefined) throw (call.cut = response.cut);
  }
  call.answer = answer;
  return { statusCode: response.status, body: call.answer.body, request: { path: call.path } };
}

function toAnswer(response: Response): VaultResponse {
  // With an error status the status decides, so text that is no JSON is not a failure yet.
  const body = parseJsonObject(response.text);
  const retryAfterMs = parseRetryAfter(response.header("retry-after"), Date.now());
  const location = response.header("location");
  const type = response.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  return {
    status: response.status,
    ...(type && { type }),
    ...definedMembers({ body, retryAfterMs, location }),
  };
}

/**
 * The lease in the beginning of an answer, which the vault writes before the data, or `undefined`. A secret's own text
 * cannot be taken for it: inside of a text the quotation marks are escaped.
 */
function findLease(text: string): string | undefined {
  const data = text.search(/"data"\s*:/);
  const beforeData = data < 0 ? text : text.slice(0, data);
  const quoted = /"lease_id"\s*:\s*("(?:[^"\\]|\\.)+")/.exec(beforeData)?.[1];
  if (quoted === undefined) return undefined;
  try {
    const lease: unknown = JSON.parse(quoted);
    return typeof lease === "string" ? lease : undefined;
  } catch {
    return undefined;
  }
}
