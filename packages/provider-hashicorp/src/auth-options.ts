import { type GroupField, SecretError } from "@vaultlink/core/provider";
import { parseAddress } from "./address.ts";
import { isAnchored, mountPath } from "./paths.ts";

/** Ways to sign in. */
export type AuthMethod =
  | "token"
  | "approle"
  | "userpass"
  | "ldap"
  | "jwt"
  | "kubernetes"
  | "oidc"
  | "cert"
  | "aws"
  | "agent"
  | "wrapped";

/** Who signs in, and how. Files are absolute paths, or begin with `~/`. */
export interface AuthOptions {
  /** @default "token" */
  readonly method?: AuthMethod;
  /** Path the login method is mounted at. @default the method's name */
  readonly mount?: string;
  /** Role to sign in as, for JWT, OIDC, Kubernetes and certificates. @default for JWT `VAULT_AUTH_ROLE` */
  readonly role?: string;
  /** Token. @default `VAULT_TOKEN`, else the token file, else the token helper, else a prompt */
  readonly token?: string;
  /** File that holds the token. @default "~/.vault-token" */
  readonly tokenFile?: string;
  /** Whether the vault is asked whose a found token is. `false` spares a use of a token that has few. @default true */
  readonly lookup?: boolean;
  /** Role id of an AppRole. @default `VAULT_ROLE_ID`, else a prompt */
  readonly roleId?: string;
  /** Secret id of an AppRole. @default `VAULT_SECRET_ID`, else `secretIdFile`, else a prompt */
  readonly secretId?: string;
  /** File that holds the secret id. */
  readonly secretIdFile?: string;
  /** Whether what is given as secret id is a wrapping token to unwrap it with, good for once. @default false */
  readonly secretIdWrapped?: boolean;
  /** User name, for userpass and LDAP. @default `VAULT_USERNAME` or `VAULT_LDAP_USERNAME`, else a prompt */
  readonly username?: string;
  /** @default `VAULT_PASSWORD` or `VAULT_LDAP_PASSWORD`, else `passwordFile`, else a prompt */
  readonly password?: string;
  /** File that holds the password. */
  readonly passwordFile?: string;
  /** JSON Web Token that a platform issued. @default `VAULT_ID_TOKEN`, else `jwtFile` */
  readonly jwt?: string;
  /** File that holds the JSON Web Token. @default for Kubernetes the pod's own service account token */
  readonly jwtFile?: string;
  /** Port of this machine that the browser comes back to, for OIDC. @default 8250; with `clientId` 10545 or 10534 */
  readonly callbackPort?: number;
  /** Client id at the vault as an OIDC provider: then its id token signs in at `jwtPath`, in a second step. */
  readonly clientId?: string;
  /** Address of that provider. @default the vault's own provider `default` */
  readonly providerUrl?: string;
  /** Path of the JWT method that takes the provider's id token. @default "jwt" */
  readonly jwtPath?: string;
  /** Region whose STS the vault asks, for AWS. @default the global one */
  readonly awsRegion?: string;
  /** What the vault insists on as `X-Vault-AWS-IAM-Server-ID`, so that nobody else can use the signed question. */
  readonly awsServerId?: string;
  /** Wrapping token that hides a token. @default `VAULT_WRAPPED_TOKEN`, else `wrappedTokenFile`, else a prompt */
  readonly wrappedToken?: string;
  /** File that holds the wrapping token. */
  readonly wrappedTokenFile?: string;
}

/** What each method takes; anything else is refused, since it would be ignored. */
const TAKES: Readonly<Record<AuthMethod, readonly (keyof AuthOptions)[]>> = {
  token: ["token", "tokenFile", "lookup"],
  approle: ["mount", "roleId", "secretId", "secretIdFile", "secretIdWrapped"],
  userpass: ["mount", "username", "password", "passwordFile"],
  ldap: ["mount", "username", "password", "passwordFile"],
  jwt: ["mount", "role", "jwt", "jwtFile"],
  kubernetes: ["mount", "role", "jwtFile"],
  oidc: ["mount", "role", "callbackPort", "clientId", "providerUrl", "jwtPath"],
  cert: ["mount", "role"],
  aws: ["mount", "role", "awsRegion", "awsServerId"],
  agent: ["lookup"],
  wrapped: ["wrappedToken", "wrappedTokenFile"],
};

const FILES = ["tokenFile", "secretIdFile", "passwordFile", "jwtFile", "wrappedTokenFile"] as const;

/** Describes the options; prompts, flags and editors read it. */
export const authField: GroupField = {
  type: "object",
  description: "Who signs in, and how.",
  fields: {
    method: { type: "string", description: "How to sign in.", enum: Object.keys(TAKES), default: "token" },
    mount: { type: "string", description: "Path the login method is mounted at. Default: the method's name." },
    role: { type: "string", description: "Role to sign in as, for all but users and tokens." },
    token: { type: "string", description: "Token. Default: VAULT_TOKEN, else the token file.", writeOnly: true },
    tokenFile: { type: "string", description: "Absolute path of the token file. Default: ~/.vault-token." },
    lookup: { type: "boolean", description: "Ask the vault whose a found token is.", default: true },
    roleId: { type: "string", description: "Role id of the AppRole. Default: VAULT_ROLE_ID." },
    secretId: { type: "string", description: "Secret id of the AppRole. Default: VAULT_SECRET_ID.", writeOnly: true },
    secretIdFile: { type: "string", description: "Absolute path of a file that holds the secret id." },
    secretIdWrapped: { type: "boolean", description: "The secret id is wrapped: good for once.", default: false },
    username: { type: "string", description: "User name, for userpass and LDAP. Default: VAULT_USERNAME." },
    password: { type: "string", description: "That user's password. Default: VAULT_PASSWORD.", writeOnly: true },
    passwordFile: { type: "string", description: "Absolute path of a file that holds the password." },
    jwt: { type: "string", description: "JSON Web Token to sign in with. Default: VAULT_ID_TOKEN.", writeOnly: true },
    jwtFile: { type: "string", description: "Absolute path of a file that holds the JSON Web Token." },
    callbackPort: {
      type: "integer",
      description: "Port that the browser comes back to, for OIDC. Default: 8250.",
      minimum: 1,
      maximum: 65_535,
    },
    clientId: { type: "string", description: "Client id at the vault as an OIDC provider, for OIDC in two steps." },
    providerUrl: { type: "string", description: "Address of that provider. Default: the vault's own." },
    jwtPath: { type: "string", description: "Path of the JWT method that takes that provider's tokens." },
    awsRegion: { type: "string", description: "Region whose STS the vault asks, for AWS. Default: the global one." },
    awsServerId: { type: "string", description: "Server id that the vault's AWS method insists on." },
    wrappedToken: { type: "string", description: "Wrapping token that hides a token, good for once.", writeOnly: true },
    wrappedTokenFile: { type: "string", description: "Absolute path of a file that holds the wrapping token." },
  },
};

/** Checks what the schema cannot, and gives the options with paths in one form. Throws `invalid_config`. */
export function checkAuth(auth: AuthOptions): AuthOptions {
  const method = auth.method ?? "token";
  const stray = (Object.keys(auth) as (keyof AuthOptions)[]).find(
    (name) => name !== "method" && auth[name] !== undefined && !TAKES[method].includes(name),
  );
  if (stray !== undefined) throw refuse(`Option "auth.${stray}" is not for the method "${method}".`);
  const step = (["providerUrl", "jwtPath"] as const).find((name) => auth[name] !== undefined);
  if (step !== undefined && auth.clientId === undefined) throw refuse(`Option "auth.${step}" needs "auth.clientId".`);
  if (auth.clientId !== undefined && auth.mount !== undefined) {
    throw refuse('Beside "auth.clientId" the path of the login method is "auth.jwtPath", not "auth.mount".');
  }
  // Part of a host's name, and of a header.
  if (auth.awsRegion !== undefined && !/^[a-z0-9-]{1,40}$/.test(auth.awsRegion))
    throw refuse(`Option "auth.awsRegion" must be a region.`);
  if (auth.awsServerId !== undefined && !/^[\x21-\x7e]{1,256}$/.test(auth.awsServerId))
    throw refuse(`Option "auth.awsServerId" must be a host's name.`);
  const loose = FILES.find((name) => auth[name] !== undefined && !isAnchored(auth[name]));
  if (loose !== undefined) throw refuse(`Option "auth.${loose}" must be an absolute path, or begin with ~/.`);
  const { jwtPath, mount, providerUrl } = auth;
  return {
    ...auth,
    method,
    ...(mount !== undefined && { mount: mountPath("auth.mount", mount) }),
    ...(jwtPath !== undefined && { jwtPath: mountPath("auth.jwtPath", jwtPath) }),
    ...(providerUrl !== undefined && { providerUrl: parseAddress(providerUrl) }),
  };
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
