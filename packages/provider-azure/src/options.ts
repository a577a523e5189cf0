import { defineOptions, NETWORK_VARIABLES, type OptionsOf, type OptionsSchema } from "@vaultlink/core/provider";

/** Described once: prompts, flags, editors and the types below read this. */
const authFields = {
  method: {
    type: "string",
    description:
      "How to sign in. Default: by what the environment holds, else everything that Azure's own libraries try.",
    enum: [
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
    ],
  },
  tenantId: { type: "string", description: "Tenant's id or domain.", envVariables: ["AZURE_TENANT_ID"] },
  clientId: { type: "string", description: "Id of the application or identity.", envVariables: ["AZURE_CLIENT_ID"] },
  clientSecret: {
    type: "string",
    description: "Secret of the application.",
    envVariables: ["AZURE_CLIENT_SECRET"],
    otherwise: "a prompt",
    writeOnly: true,
  },
  certificateFile: {
    type: "string",
    description: "File of certificate and key, PEM.",
    envVariables: ["AZURE_CLIENT_CERTIFICATE_PATH"],
  },
  certificatePassword: {
    type: "string",
    description: "Password of that key.",
    envVariables: ["AZURE_CLIENT_CERTIFICATE_PASSWORD"],
    writeOnly: true,
  },
  tokenFile: {
    type: "string",
    description: "File of a platform's token.",
    envVariables: ["AZURE_FEDERATED_TOKEN_FILE"],
  },
  resourceId: "Resource id of a managed identity, instead of its client id.",
  objectId: "Object id of a managed identity, instead of its client id.",
  serviceConnectionId: {
    type: "string",
    description: "Id of a pipeline's service connection.",
    envVariables: ["AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"],
  },
  systemAccessToken: {
    type: "string",
    description: "A pipeline's own token.",
    envVariables: ["SYSTEM_ACCESSTOKEN"],
    writeOnly: true,
  },
  subscription: "Subscription whose sign-in az uses.",
  additionalTenants: {
    type: "string[]",
    description: "Further tenants whose vaults may be asked; * is any.",
    envVariables: ["AZURE_ADDITIONALLY_ALLOWED_TENANTS"],
  },
  chain: {
    type: "string",
    description: "What the method default tries: dev, prod, or the name of one credential.",
    envVariables: ["AZURE_TOKEN_CREDENTIALS"],
  },
} as const;

const fields = {
  vault: {
    type: "string",
    description: "Name of the key vault; the variable has its address.",
    envVariables: ["AZURE_KEYVAULT_URL"],
  },
  vaultUrl: "Address of the key vault instead of its name, e.g. of an emulator: https and a host.",
  vaults: {
    type: "string[]",
    description: "Several key vaults, by name or address; a bare name is in the first.",
    envVariables: ["AZURE_KEYVAULT_URL"],
  },
  cloud: {
    type: "string",
    description: "The cloud of vaults that are given by name.",
    enum: ["public", "china", "us-government"],
    default: "public",
  },
  authorityHost: {
    type: "string",
    description: "Where to sign in, https.",
    envVariables: ["AZURE_AUTHORITY_HOST"],
    otherwise: "that of the vault's cloud",
  },
  outdated: {
    type: "string",
    description: "What to do with a value beyond its dates, which Azure calls informational.",
    enum: ["give", "refuse"],
    default: "give",
  },
  ca: "Certificates to trust instead of the usual ones, PEM.",
  caFile: "Absolute path of a file of such certificates.",
  requestTimeoutMs: { type: "integer", description: "Ms that one request may take.", minimum: 1, default: 10_000 },
  loginTimeoutMs: {
    type: "integer",
    description: "Ms that signing in may take where no person is needed.",
    minimum: 1,
    default: 15_000,
  },
} as const;

/** Who signs in, and how. */
export interface AuthOptions extends OptionsOf<typeof authFields> {
  /** Gives a token that a platform gives its workload, each time one is needed. */
  readonly assertion?: () => Promise<string>;
}

/** Ways to sign in. */
export type AuthMethod = NonNullable<AuthOptions["method"]>;

/** Which key vaults to read, and who reads them. What is absent comes from the `AZURE_*` variables. */
export interface AzureOptions extends OptionsOf<typeof fields> {
  readonly auth?: AuthOptions;
}

/** Validates the options and describes them. */
export const schema: OptionsSchema<AzureOptions> = defineOptions<AzureOptions>({
  ...fields,
  auth: { type: "object", description: "Who signs in, and how.", fields: authFields },
});

/**
 * Everything that decides who asks, whom, and through what. `HOME` and its likes find the sign-ins of Azure's own
 * commands, `PATH` and its likes the commands.
 */
export const ENV_VARIABLES: readonly string[] = [
  ...["AZURE_*", "AZURESUBSCRIPTION_*", "IDENTITY_*", "IMDS_ENDPOINT", "MSAL_FORCE_REGION", "MSI_*", "REGION_NAME"],
  "SYSTEM_*",
  ...["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATH", "PATHEXT", "SystemRoot", "ComSpec"],
  ...NETWORK_VARIABLES,
];
