import * as core from "@vaultlink/core/provider";

/** Where the vault is, and who signs in. */
export interface Options {
  /** Base address of the vault, e.g. `"https://globex.example"`. */
  readonly url: string;
  /** Who signs in. @default the `GLOBEX_USER` variable, else a prompt */
  readonly user?: string;
  /** Their password. @default the `GLOBEX_PASSWORD` variable, else a prompt */
  readonly password?: string;
}

const REVISION = { revision: /^[1-9]\d{0,8}$/ };
const HINT = "export GLOBEX_USER=… GLOBEX_PASSWORD=…";
const USER = { variable: "GLOBEX_USER", label: "user name", hint: HINT, secret: false };
// Blanks may belong to a password.
const PASSWORD = { variable: "GLOBEX_PASSWORD", label: "password", hint: HINT, exact: true };

/** Reads documents with fields from Globex Vault: `globex://prod/db?revision=3#password`. */
export function globex(options: Options): core.Provider {
  const { url } = options;
  return core.defineProvider({
    name: "globex",
    envVariables: [USER.variable, PASSWORD.variable, ...core.HTTP_VARIABLES],
    where: async () => ({ facts: [{ what: "url", value: url }], address: url }),
    open: (context) =>
      core.httpSession(context, { url, hint: HINT, codes: { 423: "unusable" } }, async (http) => {
        const user = await core.findCredential(context, { given: options.user, ...USER });
        const password = await core.findCredential(context, { given: options.password, ...PASSWORD });
        // Before the request: the seconds may count from when the vault received it.
        const asked = Date.now();
        const login = await http.fields({ path: "sessions", body: { user, password } }, context, LOGIN);
        http.use({ "x-session": login.token });
        return {
          identity: login.user,
          ...lifetime(asked, login.ttl),
          async read(locator, call) {
            const { revision: rev } = core.qualifiers(locator, REVISION);
            const request = { path: `items/${core.encodePath(locator.path)}`, query: { rev } };
            const { name, revision, fields } = await http.fields(request, call, ITEM);
            return { id: name, version: String(revision), value: fields };
          },
          list: ({ prefix }, call) =>
            core.listPages(async (after) => {
              const page = await http.fields({ path: "items", query: { under: prefix, after } }, call, PAGE);
              return { entries: page.items.map(entryOf), next: page.after };
            }),
          async renew(call) {
            const since = Date.now();
            const { ttl } = await http.fields({ method: "PUT", path: "sessions/current" }, call, { ttl: "number" });
            // The same person's: without `identity`, core would take them for somebody else's.
            return { identity: login.user, ...lifetime(since, ttl) };
          },
          revoke: async (call) => void (await http.send({ method: "DELETE", path: "sessions/current" }, call)),
        };
      }),
  });
}

const LOGIN = { token: "string", user: "string", ttl: "number" } as const;
const ITEM = { name: "string", revision: "number", fields: "object" } as const;
const PAGE = { items: "array", after: "string?" } as const;

/** Seconds of this vault as the times that core takes. It asks for half of them to be left when a session is renewed. */
function lifetime(since: number, seconds: number): { readonly expiresAt: number; readonly renewAt: number } {
  return { expiresAt: since + seconds * 1000, renewAt: since + seconds * 500 };
}

function entryOf(item: unknown): core.ListEntry {
  const { name, changed, locked } = core.fieldsOf(item, { name: "string", changed: "number", locked: "boolean" });
  return {
    locator: { path: name, query: {} },
    updatedAt: changed * 1000,
    ...(locked && { state: "disabled" }),
  };
}
