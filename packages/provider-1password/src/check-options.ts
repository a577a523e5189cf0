import {
  checkSchema,
  checkTaken,
  invalidConfig,
  parseAddress,
  type ProviderEnv,
  variable,
} from "@vaultlink/core/provider";
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

/** What is configured of one method. */
export type AuthOf<Method extends AuthMethod> = Extract<Auth, { readonly method: Method }>;

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

const EXAMPLE = "https://connect.example.com";
export const HOST_HINT: string = `export OP_CONNECT_HOST=${EXAMPLE}`;

/** Gives a Connect server's address without a final slash. Throws `invalid_config`; every request carries the token. */
export function parseHost(text: string, what: string): string {
  return parseAddress(text, { what, example: EXAMPLE, hint: HOST_HINT });
}

/**
 * Who signs in, in this environment: where no method is configured, a Connect server if its variables are there and no
 * service account's.
 */
export function authIn(auth: Auth, env: ProviderEnv): Auth {
  if (auth.method !== "service-account" || auth.isConfigured || auth.token !== undefined) return auth;
  const held = (name: string): boolean => variable(env, name) !== undefined;
  const isConnect = held("OP_CONNECT_HOST") && held("OP_CONNECT_TOKEN") && !held("OP_SERVICE_ACCOUNT_TOKEN");
  return isConnect ? { method: "connect", token: undefined, host: undefined } : auth;
}
