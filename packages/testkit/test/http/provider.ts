import {
  codeForStatus,
  type Context,
  defineProvider,
  encodePath,
  fieldsOf,
  findCredential,
  type ListEntry,
  listPages,
  type Locator,
  parseAddress,
  parseJson,
  parseRetryAfter,
  type Provider,
  qualifiers,
  type SecretDocument,
  SecretError,
} from "@vaultlink/core/provider";

/** One request of the provider below. */
export interface Asked {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The places of a provider of an HTTP vault at which it can be wrong. Each is right as it stands. */
export interface Places {
  /** What an address must be. */
  address(url: string): string;
  /** The headers with the token. */
  headers(token: string): Readonly<Record<string, string>>;
  /** How it is sent. */
  init: RequestInit;
  signal(context: Pick<Context, "signal">): AbortSignal | undefined;
  /** The refusal that an answer is. */
  refusal(response: Response, body: string): SecretError;
  /** A body as the fields that it holds. */
  parse(text: string): unknown;
  /** The path of a document within the address. */
  path(path: string): string;
  /** The qualifiers of a locator. */
  version(locator: Locator): Readonly<Record<string, string>>;
  document(answer: unknown, locator: Locator): SecretDocument;
  /** The answer's body as text. */
  text(response: Response): Promise<string>;
  /** The query of one page of a listing. */
  listing(prefix: string, page: string): Readonly<Record<string, string>>;
  entry(item: { readonly path: string; readonly disabled: boolean }): ListEntry;
  /** Sends a request once it is made, e.g. several times. */
  around(send: () => Promise<unknown>, asked: Asked): Promise<unknown>;
  /** Where a request goes, below the vault's address. */
  target(url: string, asked: Asked, token: string): string;
}

const HINT = "export ACME_KEY=…";

/** A provider that has everything right. */
export const RIGHT: Places = {
  address: (url) => parseAddress(url, { what: "The address", example: "https://vault.example" }),
  headers: (token) => ({ authorization: `Bearer ${token}` }),
  init: { redirect: "manual" },
  signal: ({ signal }) => signal,
  refusal(response) {
    const page = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    const code = page ? "unavailable" : response.status === 409 ? "unusable" : codeForStatus(response.status);
    const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"), Date.now());
    return new SecretError(code, "The vault refused the request.", {
      ...(code === "unauthenticated" && { hint: HINT }),
      ...(code === "throttled" && retryAfterMs !== undefined && { retryAfterMs }),
    });
  },
  parse: parseJson,
  path: encodePath,
  version: (locator) => qualifiers(locator, { version: /^[1-9]\d{0,8}$/ }),
  document(answer) {
    const { id, value, version } = fieldsOf(answer, { id: "string", value: "string", version: "number" });
    return { id, value, version: String(version) };
  },
  text: async (response) => Buffer.from(await response.arrayBuffer()).toString(),
  listing: (prefix, page) => ({ prefix, page }),
  entry: ({ path, disabled }) => ({ locator: { path, query: {} }, ...(disabled && { state: "disabled" }) }),
  around: (send) => send(),
  target: (url, { path, query = {} }) => `${url}/${path}?${new URLSearchParams(query).toString()}`,
};

/** A provider that is right but for some places, written with `fetch` alone. */
export function httpProvider(url: string, wrong: Partial<Places> = {}): Provider {
  const places: Places = { ...RIGHT, ...wrong };
  return defineProvider({
    name: "acme",
    envVariables: ["ACME_KEY"],
    async open(context) {
      const base = places.address(url);
      let token = "";
      const ask = async (asked: Asked, call: Pick<Context, "signal">): Promise<unknown> => {
        const { method = "GET", body, headers = {} } = asked;
        const signal = places.signal(call);
        const response = await fetch(places.target(base, asked, token), {
          ...places.init,
          ...{ method, headers: { ...places.headers(token), ...headers } },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          ...(signal && { signal }),
        });
        const text = await places.text(response);
        if (!response.ok) throw places.refusal(response, text);
        return text === "" ? {} : places.parse(text);
      };
      const sent = (asked: Asked, call: Pick<Context, "signal">): Promise<unknown> =>
        places.around(() => ask(asked, call), asked);
      const key = await findCredential(context, { variable: "ACME_KEY", label: "API key", hint: HINT });
      const login = fieldsOf(await sent({ path: "v1/login", method: "POST", body: { key } }, context), {
        ...{ token: "string", account: "string", expires: "number" },
      });
      token = login.token;
      return {
        ...{ identity: login.account, expiresAt: login.expires * 1000 },
        read: async (locator, call) => {
          const query = places.version(locator);
          return places.document(await sent({ path: `v1/secrets/${places.path(locator.path)}`, query }, call), locator);
        },
        list: ({ prefix }, call) =>
          listPages(async (page = "1") => {
            const answer = await sent({ path: "v1/secrets", query: places.listing(prefix, page) }, call);
            const { items, next } = fieldsOf(answer, { items: "array", next: "string?" });
            return { entries: (items as Parameters<Places["entry"]>[0][]).map((item) => places.entry(item)), next };
          }),
        revoke: async (call) => void (await sent({ path: "v1/login", method: "DELETE" }, call)),
      };
    },
  });
}
