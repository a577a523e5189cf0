import * as core from "@vaultlink/core/provider";

/** Where the vault is, and how to sign in. */
export interface Options {
  /** Base address of the vault. @default "https://vault.acme.example" */
  readonly url?: string;
  /** API key. @default the `ACME_KEY` variable, else a prompt */
  readonly key?: string;
}

const VERSION = { version: /^[1-9]\d{0,8}$/ };
const KEY = { variable: "ACME_KEY", label: "API key", hint: "export ACME_KEY=…" };

/** Reads documents from Acme Vault: `acme://prod/db?version=3#password`. */
export function acme({ url = "https://vault.acme.example", key: given }: Options = {}): core.Provider {
  return core.defineProvider({
    name: "acme",
    envVariables: [KEY.variable, ...core.HTTP_VARIABLES],
    where: async () => ({ facts: [{ what: "url", value: url }], address: url }),
    open: (context) =>
      core.httpSession(context, { url, hint: KEY.hint, codes: { 409: "unusable" } }, async (http) => {
        const key = await core.findCredential(context, { given, ...KEY });
        const login = await http.fields({ path: "v1/login", body: { key } }, context, LOGIN);
        http.use({ authorization: `Bearer ${login.token}` });
        return {
          identity: login.account,
          expiresAt: login.expires * 1000,
          maxBatch: 20,
          async read(locator, call) {
            const query = core.qualifiers(locator, VERSION);
            return documentOf(await http.json({ path: `v1/secrets/${core.encodePath(locator.path)}`, query }, call));
          },
          readMany: (locators, call) =>
            core.readBatch(locators, {
              item: (locator) => ({ path: locator.path, ...core.qualifiers(locator, VERSION) }),
              send: async (items) => (await http.fields({ path: "v1/batch", body: { items } }, call, BATCH)).results,
              document: (result) => {
                http.check(core.fieldsOf(result, { status: "number" }).status);
                return documentOf(result);
              },
            }),
          list: ({ prefix }, call) =>
            core.listPages(async (page = "1") => {
              const { items, next } = await http.fields({ path: "v1/secrets", query: { prefix, page } }, call, PAGE);
              return { entries: items.map(entryOf), next };
            }),
          revoke: async (call) => void (await http.send({ method: "DELETE", path: "v1/login" }, call)),
        };
      }),
  });
}

const LOGIN = { token: "string", account: "string", expires: "number" } as const;
const BATCH = { results: "array" } as const;
const PAGE = { items: "array", next: "string?" } as const;

function documentOf(answer: unknown): core.SecretDocument {
  const { id, value, version } = core.fieldsOf(answer, { id: "string", value: "string", version: "number" });
  return { id, value, version: String(version) };
}

function entryOf(item: unknown): core.ListEntry {
  const { path, disabled } = core.fieldsOf(item, { path: "string", disabled: "boolean" });
  return { locator: { path, query: {} }, ...(disabled && { state: "disabled" }) };
}
