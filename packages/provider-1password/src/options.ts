import { defineOptions, type OptionsSchema, SecretError } from "@vaultlink/core";

/** How to sign in to 1Password, and how long to wait. */
export interface OnePasswordOptions {
  readonly auth?: AuthOptions;
  /** Milliseconds one answer may take. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Minutes for which it is remembered which item a name meant; 0 to look each time. @default 1440, a day */
  readonly rememberMinutes?: number;
}

/** Who signs in. */
export interface AuthOptions {
  /** Token of a service account. @default `OP_SERVICE_ACCOUNT_TOKEN`, else a prompt */
  readonly token?: string;
}

/** The options with every default in its place. */
export interface Settings {
  readonly token: string | undefined;
  readonly requestTimeoutMs: number;
  readonly rememberMinutes: number;
}

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<OnePasswordOptions> = defineOptions<OnePasswordOptions>({
  auth: {
    type: "object",
    description: "Who signs in.",
    fields: {
      token: {
        type: "string",
        description: "Token of a service account. Default: OP_SERVICE_ACCOUNT_TOKEN.",
        writeOnly: true,
      },
    },
  },
  requestTimeoutMs: { type: "integer", description: "Milliseconds one answer may take.", minimum: 1, default: 10_000 },
  rememberMinutes: {
    type: "integer",
    description: "Minutes for which it is remembered which item a name meant; 0 to look each time.",
    minimum: 0,
    maximum: 1440,
    default: 1440,
  },
});

/** Checks the options and fills in the defaults. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: OnePasswordOptions): Settings {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw refuse("The options could not be checked.");
  if (result.issues) throw refuse(result.issues[0]?.message ?? "The options are not valid.");
  const { auth, rememberMinutes = 1440, requestTimeoutMs = 10_000 } = options;
  return { token: auth?.token, requestTimeoutMs, rememberMinutes };
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
