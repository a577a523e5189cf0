import * as core from "@vaultlink/core";

/** Where the vault is, and how to sign in. */
export interface Options {
  /** Base address of the vault. @default "https://vault.acme.example" */
  readonly url?: string;
  /** API key. @default the `ACME_KEY` variable, else a prompt */
  readonly key?: string;
}

const MEND = "export ACME_KEY=…";
const VERSION = { version: /^[1-9]\d{0,8}$/ };

/** Reads documents from Acme Vault: `acme://prod/db?version=3#password`. */
export function acme({ url = "https://vault.acme.example", key: given }: Options = {}): core.Provider {
  return core.defineProvider({
    name: "acme",
    envVariables: ["ACME_KEY", ...core.HTTP_VARIABLES],
    open: (context) =>
      core.httpSession(context, { url, hint: MEND, codes: { 409: "unusable" } }, async (http) => {
        const key =
          given ?? context.env["ACME_KEY"] ?? (await core.prompt(context.prompter, { label: "API key", secret: true }));
        if (!key) throw new core.SecretError("unauthenticated", "There is no API key.", { hint: MEND });
        const login = await http.json({ path: "v1/login", body: { key } }, context);
        const { token, account, expires } = core.fieldsOf(login, {
          token: "string",
          account: "string",
          expires: "number",
        });
        http.use({ authorization: `Bearer ${token}` });
        const documentOf = (answer: unknown): core.SecretDocument => {
          const { id, value, version } = core.fieldsOf(answer, { id: "string", value: "string", version: "number" });
          return { id, value, version: String(version) };
        };
        return {
          identity: account,
          expiresAt: expires * 1000,
          maxBatch: 20,
          async read(locator, call) {
            const query = core.qualifiers(locator, VERSION);
            return documentOf(await http.json({ path: `v1/secrets/${core.encodePath(locator.path)}`, query }, call));
          },
          readMany: (locators, call) =>
            core.readBatch(locators, {
              item: (locator) => ({ path: locator.path, ...core.qualifiers(locator, VERSION) }),
              send: async (items) =>
                core.fieldsOf(await http.json({ path: "v1/batch", body: { items } }, call), { results: "array" })
                  .results,
              document: (result) => {
                http.check(core.fieldsOf(result, { status: "number" }).status);
                return documentOf(result);
              },
            }),
          async *list({ prefix }, call) {
            for (let page: string | undefined = "1"; page !== undefined;) {
              const answer: unknown = await http.json({ path: "v1/secrets", query: { prefix, page } }, call);
              const { items, next } = core.fieldsOf(answer, { items: "array", next: "string?" });
              for (const item of items) {
                const { path, disabled } = core.fieldsOf(item, { path: "string", disabled: "boolean" });
                yield { locator: { path, query: {} }, ...(disabled && { state: "disabled" }) };
              }
              page = next;
            }
          },
          revoke: async (call) => void (await http.send({ method: "DELETE", path: "v1/login" }, call)),
        };
      }),
  });
}
