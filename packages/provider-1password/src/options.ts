import { defineOptions, type OptionsSchema } from "@vaultlink/core/provider";

/** How to sign in to 1Password, and how long to wait. */
export interface OnePasswordOptions {
  readonly auth?: AuthOptions;
  /** Milliseconds one answer may take. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Minutes for which it is remembered which item a name meant; 0 to look each time. @default 1440, a day */
  readonly rememberMinutes?: number;
}

/** Who signs in, and through what. */
export interface AuthOptions {
  /** @default "service-account" */
  readonly method?: AuthMethod;
  /**
   * Token of a service account, or of a Connect server.
   * @default `OP_SERVICE_ACCOUNT_TOKEN` or `OP_CONNECT_TOKEN`, else a prompt
   */
  readonly token?: string;
  /** Address of a Connect server: https, or http on loopback. @default `OP_CONNECT_HOST` */
  readonly host?: string;
  /** The desktop app's account: its name, as the app's sidebar has it, or its id. */
  readonly account?: string;
}

/** A service account's token, a Connect server, or the desktop app of whoever sits here. */
export type AuthMethod = "service-account" | "connect" | "desktop";

const METHODS: readonly AuthMethod[] = ["service-account", "connect", "desktop"];

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<OnePasswordOptions> = defineOptions<OnePasswordOptions>({
  auth: {
    type: "object",
    description: "Who signs in, and through what.",
    fields: {
      method: { type: "string", description: "How to sign in.", enum: [...METHODS], default: "service-account" },
      token: {
        type: "string",
        description:
          "Token of a service account or of a Connect server. Default: OP_SERVICE_ACCOUNT_TOKEN or OP_CONNECT_TOKEN.",
        writeOnly: true,
      },
      host: { type: "string", description: "Address of a Connect server. Default: OP_CONNECT_HOST." },
      account: { type: "string", description: "The desktop app's account: its name in the sidebar, or its id." },
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
