import { SecretError, toSecretError } from "../errors/secret-error.ts";
import type { Context, Session } from "../contract/provider.ts";
import { type FieldKind, type Fields, fieldsOf } from "./fields.ts";
import { type HttpAnswer, jsonOf, refusalOf, type RefusalOptions } from "./http-answer.ts";
import { type CallContext, type LineOptions, openLine } from "./http-line.ts";

/** How an HTTP vault is reached, and how its refusals read. */
export type HttpOptions = LineOptions & RefusalOptions;

/** One request to the vault. */
export interface HttpRequest {
  /** @default "GET", with a body "POST" */
  readonly method?: string;
  /** Below the vault's address, each part encoded: see `encodePath`. */
  readonly path: string;
  /** Parameters; those that are `undefined` are left out. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text is sent as it is, with the `content-type` of `headers`. */
  readonly body?: unknown;
}

/** Requests to one vault, as a provider sends them. */
export interface Http {
  /**
   * Sends these headers with every request from now on, e.g. the token that a login gave. A header of the same name that a
   * request has itself goes before; write both in lower case.
   */
  use(headers: Readonly<Record<string, string>>): void;
  /**
   * The JSON of the vault's answer. Rejects with a `SecretError`: for an answer other than 2xx as the status says, for
   * what is not JSON with `unavailable`, and with `aborted` when the signal aborts.
   */
  json(request: HttpRequest, context: Pick<Context, "signal">): Promise<unknown>;
  /** The fields of that JSON, each of the kind it must be: see `fieldsOf`. */
  fields<const Wanted extends Readonly<Record<string, FieldKind>>>(
    request: HttpRequest,
    context: Pick<Context, "signal">,
    wanted: Wanted,
  ): Promise<Fields<Wanted>>;
  /** The same, and the answer itself, of any status that `accept` names beside 2xx. */
  send(request: HttpRequest, context: Pick<Context, "signal">, accept?: readonly number[]): Promise<HttpAnswer>;
  /**
   * Throws what a status other than 2xx means in this vault: for a status inside an answer, e.g. of one item of a batch.
   * `body` is what `codeOf` is given, e.g. that item.
   */
  check(status: number, body?: unknown): void;
  /**
   * Another server that the vault needs, e.g. the one that gives tokens. It is sent none of the headers of `use` above;
   * its requests are counted, and its connections end, with the session.
   */
  connect(options: HttpOptions): Promise<Http>;
}

/** A session before it is told how to end. */
export type HttpSession = Omit<Session, "requests" | "close">;

/**
 * Opens a session of a vault that speaks JSON over HTTP. `open` signs in and says what the session offers; requests are
 * counted, and connections end with the session, or with an `open` that fails.
 *
 * No redirect is followed, an answer is bounded, nothing is sent again. Certificates and a proxy come from the variables
 * in `HTTP_VARIABLES`. Throws `invalid_config` for an address or certificates that cannot be used.
 */
export async function httpSession(
  { env }: Pick<Context, "env">,
  options: HttpOptions,
  open: (http: Http) => Promise<HttpSession>,
): Promise<Session> {
  const lines: CallContext[] = [];
  const connect = async (to: HttpOptions): Promise<Http> => {
    const line = await openLine(env, to);
    lines.push(line);
    return httpOver(line, to, connect);
  };
  const sent = (): number => lines.reduce((sum, line) => sum + line.sent(), 0);
  const end = (): void => lines.forEach((line) => line.close());
  const http = await connect(options);
  try {
    const session = await open(http);
    return { ...session, requests: sent, close: async () => end() };
  } catch (thrown) {
    end();
    const { code, message, details } = toSecretError(thrown);
    throw new SecretError(code, message, { ...details, requests: sent() });
  }
}

function httpOver(line: CallContext, options: HttpOptions, connect: Http["connect"]): Http {
  let standing: Readonly<Record<string, string>> = {};
  const send: Http["send"] = async (request, { signal }, accept = []) => {
    const { path, query = {}, body, headers = {}, method = body === undefined ? "GET" : "POST" } = request;
    const given = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
    const search = given.size === 0 ? "" : `?${given.toString()}`;
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const type = body === undefined || typeof body === "string" ? {} : { "content-type": "application/json" };
    const answer = await line.send({
      ...{ method, target: `${path}${search}`, signal, body: text },
      headers: { ...type, ...standing, ...headers },
    });
    const { status } = answer;
    if ((status >= 200 && status < 300) || accept.includes(status)) return answer;
    throw refusalOf(answer, options, Date.now());
  };
  const json: Http["json"] = async (request, context) => jsonOf(await send(request, context));
  return {
    ...{ connect, send, json },
    use: (headers) => void (standing = { ...standing, ...headers }),
    fields: async (request, context, wanted) => fieldsOf(await json(request, context), wanted),
    check: (status, body) => {
      if (status >= 200 && status < 300) return;
      throw refusalOf({ status, headers: {}, bytes: NONE }, options, Date.now(), body);
    },
  };
}

const NONE = new Uint8Array();
