import { defineOptions, type OptionsSchema } from "@vaultlink/core/provider";
import type { CloudName } from "./clouds.ts";

/** Which key vaults to read, and who reads them. What is absent comes from the `AZURE_*` variables. */
export interface AzureOptions {
  /** Name of the key vault. @default `AZURE_KEYVAULT_URL` */
  readonly vault?: string;
  /** Its address instead, e.g. of an emulator: https and a host, nothing more. */
  readonly vaultUrl?: string;
  /** Several key vaults, by name or address: the first is the one that a bare name is in. */
  readonly vaults?: readonly string[];
  /** The cloud of vaults that are given by name. @default "public" */
  readonly cloud?: CloudName;
  readonly auth?: AuthOptions;
  /** Where to sign in, https. @default `AZURE_AUTHORITY_HOST`, else that of the vault's cloud */
  readonly authorityHost?: string;
  /** What to do with a value beyond its dates, which Azure calls informational. @default "give" */
  readonly outdated?: "give" | "refuse";
  /** Certificates to trust instead of the usual ones, PEM. */
  readonly ca?: string;
  /** Absolute path of a file of such certificates. */
  readonly caFile?: string;
  /** Ms that one request may take. @default 10000 */
  readonly requestTimeoutMs?: number;
  /** Ms that signing in may take where no person is needed. @default 15000 */
  readonly loginTimeoutMs?: number;
}

export type AuthMethod =
  | "default"
  | "client-secret"
  | "client-certificate"
  | "client-assertion"
  | "workload-identity"
  | "managed-identity"
  | "pipelines"
  | "cli"
  | "browser"
  | "device-code";

/** Who signs in, and how. */
export interface AuthOptions {
  /** @default what the environment holds, else "default": everything that Azure's own libraries try */
  readonly method?: AuthMethod;
  /** Tenant's id or domain. @default `AZURE_TENANT_ID` */
  readonly tenantId?: string;
  /** Id of the application, or of a managed identity. @default `AZURE_CLIENT_ID` */
  readonly clientId?: string;
  /** Secret of the application. @default `AZURE_CLIENT_SECRET`, else a prompt */
  readonly clientSecret?: string;
  /** File of the application's certificate and key, PEM. @default `AZURE_CLIENT_CERTIFICATE_PATH` */
  readonly certificateFile?: string;
  /** Password of that key. @default `AZURE_CLIENT_CERTIFICATE_PASSWORD` */
  readonly certificatePassword?: string;
  /** File of a token that a platform gives its workload. @default `AZURE_FEDERATED_TOKEN_FILE` */
  readonly tokenFile?: string;
  /** Gives such a token, each time one is needed. */
  readonly assertion?: () => Promise<string>;
  /** Resource id of a managed identity, instead of its client id. */
  readonly resourceId?: string;
  /** Object id of a managed identity, instead of its client id. */
  readonly objectId?: string;
  /** Id of a pipeline's service connection. @default `AZURESUBSCRIPTION_SERVICE_CONNECTION_ID` */
  readonly serviceConnectionId?: string;
  /** A pipeline's own token. @default `SYSTEM_ACCESSTOKEN` */
  readonly systemAccessToken?: string;
  /** Subscription whose sign-in `az` uses. */
  readonly subscription?: string;
  /** Further tenants whose vaults may be asked; `*` stands for any. @default `AZURE_ADDITIONALLY_ALLOWED_TENANTS` */
  readonly additionalTenants?: readonly string[];
  /** What the method "default" tries: `dev`, `prod`, or the name of one credential. @default `AZURE_TOKEN_CREDENTIALS` */
  readonly chain?: string;
}

export const METHODS: readonly AuthMethod[] = [
  "default",
  "client-secret",
  "client-certificate",
  "client-assertion",
  "workload-identity",
  "managed-identity",
  "pipelines",
  "cli",
  "browser",
  "device-code",
];

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<AzureOptions> = defineOptions<AzureOptions>({
  vault: { type: "string", description: "Name of the key vault. Default: AZURE_KEYVAULT_URL." },
  vaultUrl: { type: "string", description: "Address of the key vault instead of its name: https and a host." },
  vaults: { type: "string[]", description: "Several key vaults, by name or address; a bare name is in the first." },
  cloud: {
    type: "string",
    description: "The cloud of vaults that are given by name.",
    enum: ["public", "china", "us-government"],
    default: "public",
  },
  auth: {
    type: "object",
    description: "Who signs in, and how.",
    fields: {
      method: { type: "string", description: "How to sign in. Default: as found.", enum: METHODS },
      tenantId: { type: "string", description: "Tenant's id or domain. Default: AZURE_TENANT_ID." },
      clientId: { type: "string", description: "Id of the application or identity. Default: AZURE_CLIENT_ID." },
      clientSecret: {
        type: "string",
        description: "Secret of the application. Default: AZURE_CLIENT_SECRET.",
        writeOnly: true,
      },
      certificateFile: {
        type: "string",
        description: "File of certificate and key, PEM. Default: AZURE_CLIENT_CERTIFICATE_PATH.",
      },
      certificatePassword: {
        type: "string",
        description: "Password of that key. Default: AZURE_CLIENT_CERTIFICATE_PASSWORD.",
        writeOnly: true,
      },
      tokenFile: { type: "string", description: "File of a platform's token. Default: AZURE_FEDERATED_TOKEN_FILE." },
      resourceId: { type: "string", description: "Resource id of a managed identity." },
      objectId: { type: "string", description: "Object id of a managed identity." },
      serviceConnectionId: { type: "string", description: "Id of a pipeline's service connection." },
      systemAccessToken: {
        type: "string",
        description: "A pipeline's own token. Default: SYSTEM_ACCESSTOKEN.",
        writeOnly: true,
      },
      subscription: { type: "string", description: "Subscription whose sign-in az uses." },
      additionalTenants: { type: "string[]", description: "Further tenants whose vaults may be asked; * is any." },
      chain: { type: "string", description: "What the method default tries. Default: AZURE_TOKEN_CREDENTIALS." },
    },
  },
  authorityHost: { type: "string", description: "Where to sign in, https. Default: AZURE_AUTHORITY_HOST." },
  outdated: {
    type: "string",
    description: "What to do with a value beyond its dates.",
    enum: ["give", "refuse"],
    default: "give",
  },
  ca: { type: "string", description: "Certificates to trust instead of the usual ones, PEM." },
  caFile: { type: "string", description: "Absolute path of a file of such certificates." },
  requestTimeoutMs: { type: "integer", description: "Ms that one request may take.", minimum: 1, default: 10_000 },
  loginTimeoutMs: { type: "integer", description: "Ms that signing in may take.", minimum: 1, default: 15_000 },
});
