import { checkSchema, checkTaken, invalidConfig } from "@vaultlink/core/provider";
import { parseHost } from "./connect/parse-host.ts";
import { type AuthMethod, type AuthOptions, type OnePasswordOptions, schema } from "./options.ts";

/** The options with every default in its place. */
export interface CheckedOptions {
  readonly auth: Auth;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** What is configured of each method. */
export type Auth =
  | {
      readonly method: "service-account";
      readonly token: string | undefined;
      /** Whether the method was named. */
      readonly isConfigured: boolean;
    }
  | { readonly method: "connect"; readonly token: string | undefined; readonly host: string | undefined }
  | { readonly method: "desktop"; readonly account: string };

const TAKES: Readonly<Record<AuthMethod, readonly (keyof AuthOptions)[]>> = {
  "service-account": ["token"],
  connect: ["token", "host"],
  desktop: ["account"],
};

/** Checks the options and fills in the defaults. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: OnePasswordOptions): CheckedOptions {
  checkSchema(schema, options);
  const { auth = {}, rememberMinutes = 1440, requestTimeoutMs = 10_000 } = options;
  return { auth: checkAuth(auth), requestTimeoutMs, rememberMinutes };
}

function checkAuth(auth: AuthOptions): Auth {
  const { account, host, method = "service-account", token } = auth;
  checkTaken(auth, method, TAKES[method]);
  switch (method) {
    case "service-account":
      return { method, token, isConfigured: auth.method !== undefined };
    case "connect":
      return { method, token, host: host === undefined ? undefined : parseHost(host, 'Option "auth.host"') };
    case "desktop":
      if (account === undefined || !/^[^\p{Cc}]{1,254}$/u.test(account)) {
        throw invalidConfig('Option "auth.account" must be the name or the id of an account in the desktop app.');
      }
      return { method, account };
  }
}
