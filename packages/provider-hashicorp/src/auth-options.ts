import { checkFileOptions, checkTaken, type GroupField, invalidConfig, type OptionsOf } from "@vaultlink/core/provider";
import { parseAddress } from "./address.ts";
import { mountPath } from "./paths.ts";

/** Described once: prompts, flags, editors and the types below read this. Files are absolute paths, or begin with `~/`. */
const fields = {
  method: {
    type: "string",
    description: "How to sign in.",
    enum: ["token", "approle", "userpass", "ldap", "jwt", "kubernetes", "oidc", "cert", "aws", "agent", "wrapped"],
    default: "token",
  },
  mount: "Path the login method is mounted at. Default: the method's name.",
  role: "Role to sign in as, for JWT, OIDC, Kubernetes, AWS and certificates. Default for JWT: VAULT_AUTH_ROLE.",
  token: {
    type: "string",
    description: "Token.",
    envVariables: ["VAULT_TOKEN"],
    otherwise: "the token file, else the token helper, else a prompt",
    writeOnly: true,
  },
  tokenFile: "Absolute path of the token file. Default: ~/.vault-token.",
  lookup: {
    type: "boolean",
    description: "Ask the vault whose a found token is; false spares a use of a token that has few.",
    default: true,
  },
  roleId: {
    type: "string",
    description: "Role id of the AppRole.",
    envVariables: ["VAULT_ROLE_ID"],
    otherwise: "a prompt",
  },
  secretId: {
    type: "string",
    description: "Secret id of the AppRole.",
    envVariables: ["VAULT_SECRET_ID"],
    otherwise: "its file, else a prompt",
    writeOnly: true,
  },
  secretIdFile: "Absolute path of a file that holds the secret id.",
  secretIdWrapped: {
    type: "boolean",
    description: "What is given as secret id is a wrapping token to unwrap it with, good for once.",
    default: false,
  },
  username: {
    type: "string",
    description: "User name, for userpass and LDAP.",
    envVariables: ["VAULT_USERNAME", "VAULT_LDAP_USERNAME"],
    otherwise: "a prompt",
  },
  password: {
    type: "string",
    description: "That user's password.",
    envVariables: ["VAULT_PASSWORD", "VAULT_LDAP_PASSWORD"],
    otherwise: "its file, else a prompt",
    writeOnly: true,
  },
  passwordFile: "Absolute path of a file that holds the password.",
  jwt: {
    type: "string",
    description: "JSON Web Token to sign in with.",
    envVariables: ["VAULT_ID_TOKEN"],
    otherwise: "its file",
    writeOnly: true,
  },
  jwtFile: "Absolute path of a file that holds the JSON Web Token. Default for Kubernetes: the pod's own.",
  callbackPort: {
    type: "integer",
    description: "Port that the browser comes back to, for OIDC. Default: 8250; with clientId 10545 or 10534.",
    minimum: 1,
    maximum: 65_535,
  },
  clientId: "Client id at the vault as an OIDC provider, for OIDC in two steps.",
  providerUrl: "Address of that provider. Default: the vault's own.",
  jwtPath: "Path of the JWT method that takes that provider's id token. Default: jwt.",
  awsRegion: "Region whose STS the vault asks, for AWS. Default: the global one.",
  awsServerId:
    "What the vault insists on as X-Vault-AWS-IAM-Server-ID, so that nobody else can use the signed question.",
  wrappedToken: {
    type: "string",
    description: "Wrapping token that hides a token, good for once.",
    envVariables: ["VAULT_WRAPPED_TOKEN"],
    otherwise: "its file, else a prompt",
    writeOnly: true,
  },
  wrappedTokenFile: "Absolute path of a file that holds the wrapping token.",
} as const;

/** Who signs in, and how. */
export type AuthOptions = OptionsOf<typeof fields>;

/** Ways to sign in. */
export type AuthMethod = NonNullable<AuthOptions["method"]>;

export const authField: GroupField = { type: "object", description: "Who signs in, and how.", fields };

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

/** Checks what the schema cannot, and gives the options with paths in one form. Throws `invalid_config`. */
export function checkAuth(auth: AuthOptions): AuthOptions {
  const method = auth.method ?? "token";
  checkTaken(auth, method, TAKES[method]);
  const step = (["providerUrl", "jwtPath"] as const).find((name) => auth[name] !== undefined);
  if (step !== undefined && auth.clientId === undefined)
    throw invalidConfig(`Option "auth.${step}" needs "auth.clientId".`);
  if (auth.clientId !== undefined && auth.mount !== undefined) {
    throw invalidConfig('Beside "auth.clientId" the path of the login method is "auth.jwtPath", not "auth.mount".');
  }
  // Part of a host's name, and of a header.
  if (auth.awsRegion !== undefined && !/^[a-z0-9-]{1,40}$/.test(auth.awsRegion))
    throw invalidConfig(`Option "auth.awsRegion" must be a region.`);
  if (auth.awsServerId !== undefined && !/^[\x21-\x7e]{1,256}$/.test(auth.awsServerId))
    throw invalidConfig(`Option "auth.awsServerId" must be a host's name.`);
  checkFileOptions("auth", auth, { home: true });
  const { jwtPath, mount, providerUrl } = auth;
  return {
    ...auth,
    method,
    ...(mount !== undefined && { mount: mountPath("auth.mount", mount) }),
    ...(jwtPath !== undefined && { jwtPath: mountPath("auth.jwtPath", jwtPath) }),
    ...(providerUrl !== undefined && { providerUrl: parseAddress(providerUrl) }),
  };
}
