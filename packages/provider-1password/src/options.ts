import { defineOptions, type OptionsOf, type OptionsSchema } from "@vaultlink/core/provider";

/** Described once: prompts, flags, editors and the types below read this. */
const fields = {
  auth: {
    type: "object",
    description: "Who signs in, and through what.",
    fields: {
      method: {
        type: "string",
        description:
          "A service account's token, a Connect server, or the desktop app of whoever sits here. Without it, a Connect server where only its variables are set.",
        enum: ["service-account", "connect", "desktop"],
        default: "service-account",
      },
      token: {
        type: "string",
        description: "Token of a service account or of a Connect server.",
        envVariables: ["OP_SERVICE_ACCOUNT_TOKEN", "OP_CONNECT_TOKEN"],
        otherwise: "a prompt",
        writeOnly: true,
      },
      host: {
        type: "string",
        description: "Address of a Connect server: https, or http on loopback.",
        envVariables: ["OP_CONNECT_HOST"],
      },
      account: "The desktop app's account: its name in the sidebar, or its id.",
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
} as const;

/** How to sign in to 1Password, and how long to wait. */
export type OnePasswordOptions = OptionsOf<typeof fields>;

/** Who signs in, and through what. */
export type AuthOptions = NonNullable<OnePasswordOptions["auth"]>;

/** Ways to sign in. */
export type AuthMethod = NonNullable<AuthOptions["method"]>;

/** Validates the options and describes them. */
export const schema: OptionsSchema<OnePasswordOptions> = defineOptions<OnePasswordOptions>(fields);
