import { SecretError } from "@vaultlink/core/provider";
import { parseHost } from "./connect/host.ts";
import { type AuthMethod, type AuthOptions, type OnePasswordOptions, schema } from "./options.ts";

/** The options with every default in its place. */
export interface Settings {
  readonly auth: Auth;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** What is configured of each method. */
export type Auth =
  | { readonly method: "service-account"; readonly token: string | undefined }
  | { readonly method: "connect"; readonly token: string | undefined; readonly host: string | undefined }
  | { readonly method: "desktop"; readonly account: string };

const TAKES: Readonly<Record<AuthMethod, readonly (keyof AuthOptions)[]>> = {
  "service-account": ["token"],
  connect: ["token", "host"],
  desktop: ["account"],
};

/** Checks the options and fills in the defaults. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: OnePasswordOptions): Settings {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw refuse("The options could not be checked.");
  if (result.issues) throw refuse(result.issues[0]?.message ?? "The options are not valid.");
  const { auth = {}, rememberMinutes = 1440, requestTimeoutMs = 10_000 } = options;
  return { auth: checkAuth(auth), requestTimeoutMs, rememberMinutes };
}

function checkAuth(auth: AuthOptions): Auth {
  const { account, host, method = "service-account", token } = auth;
  const given = (Object.keys(auth) as (keyof AuthOptions)[]).filter((name) => auth[name] !== undefined);
  const stray = given.find((name) => name !== "method" && !TAKES[method].includes(name));
  if (stray) throw refuse(`Option "auth.${stray}" is not for the method "${method}".`);
  switch (method) {
    case "service-account":
      return { method, token };
    case "connect":
      return { method, token, host: host === undefined ? undefined : parseHost(host, 'Option "auth.host"') };
    case "desktop":
      if (account === undefined || !/^[^\p{Cc}]{1,254}$/u.test(account)) {
        throw refuse('Option "auth.account" must be the name or the id of an account in the desktop app.');
      }
      return { method, account };
  }
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
