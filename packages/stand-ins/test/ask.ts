import { type IncomingMessage, request } from "node:http";
import { text as readText } from "node:stream/consumers";

/** One request and its answer, read whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; `undefined` if it is not JSON. */
  readonly body: Body | undefined;
}

/** The parts of a vault's answers that tests look at. */
interface Body {
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[] | null;
  readonly lease_id?: string;
  readonly lease_duration?: number;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly auth?: Readonly<Record<string, unknown>> | null;
}

export interface Options {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request to `/v1/<path>`; redirects are not followed. */
export async function ask(url: string, method: string, path: string, options: Options = {}): Promise<Reply> {
  const response = await fetch(`${url}/v1/${path}`, {
    method,
    redirect: "manual",
    headers: { ...(options.token === undefined ? {} : { "x-vault-token": options.token }), ...options.headers },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Sends a path as it stands: `fetch` would tidy it first. */
export async function askRaw(url: string, path: string, token: string): Promise<Reply> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, headers: { "x-vault-token": token } }, resolve)
      .once("error", reject)
      .end();
  });
  const text = await readText(response);
  const headers = new Headers({ "content-type": response.headers["content-type"] ?? "" });
  return { status: response.statusCode ?? 0, headers, text, body: parse(text) };
}

function parse(text: string): Body | undefined {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return undefined;
  }
}
