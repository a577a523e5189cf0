import { defineOptions, type OptionsSchema, SecretError } from "@vaultlink/core";
import { parseAddress } from "./address.ts";

/** How to reach a vault and sign in to it. What is absent comes from the `VAULT_*` or `BAO_*` variables. */
export interface HashicorpOptions {
  /** Base URL: https, or http on loopback. @default `VAULT_ADDR` */
  readonly address?: string;
  /** Namespace all requests go to. @default `VAULT_NAMESPACE`, else the root namespace */
  readonly namespace?: string;
  /** Path of a KV mount whose layout need not be asked for, together with `kvVersion`. */
  readonly mount?: string;
  /** Version of the KV engine at `mount`; without `mount`, of mounts the vault tells nothing about. */
  readonly kvVersion?: 1 | 2;
  readonly auth?: AuthOptions;
  /** Certificates to trust instead of the usual ones, PEM. */
  readonly ca?: string;
  /** File of such certificates. @default `VAULT_CACERT` */
  readonly caFile?: string;
  /** File of the client's certificate, PEM. @default `VAULT_CLIENT_CERT` */
  readonly clientCertFile?: string;
  /** File of the client certificate's key, PEM. @default `VAULT_CLIENT_KEY` */
  readonly clientKeyFile?: string;
  /** Name the server's certificate must have, if not the address's host. @default `VAULT_TLS_SERVER_NAME` */
  readonly tlsServerName?: string;
  /** Sends the requests instead of Node's own client, for tests and unusual networks. It must honour `redirect: "manual"`. */
  readonly fetch?: typeof fetch;
}

/** Who signs in, and how. */
export interface AuthOptions {
  /** @default "token" */
  readonly method?: "token" | "approle";
  /** Token. @default `VAULT_TOKEN`, else the token file, else a prompt */
  readonly token?: string;
  /** Absolute path of the token file, or one that begins with `~/`. @default "~/.vault-token" */
  readonly tokenFile?: string;
  /** Path the AppRole method is mounted at. @default "approle" */
  readonly mount?: string;
  /** Role id of an AppRole. @default `VAULT_ROLE_ID`, else a prompt */
  readonly roleId?: string;
  /** Secret id of an AppRole. @default `VAULT_SECRET_ID`, else `secretIdFile`, else a prompt */
  readonly secretId?: string;
  /** Absolute path of a file that holds the secret id, or one that begins with `~/`. */
  readonly secretIdFile?: string;
}

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<HashicorpOptions> = defineOptions<HashicorpOptions>({
  address: { type: "string", description: "Base URL of the vault: https, or http on loopback. Default: VAULT_ADDR." },
  namespace: { type: "string", description: "Namespace all requests go to. Default: VAULT_NAMESPACE, else the root." },
  mount: { type: "string", description: "Path of a KV mount whose layout need not be asked for." },
  kvVersion: { type: "integer", description: "Version of the KV engine at that mount.", minimum: 1, maximum: 2 },
  auth: {
    type: "object",
    description: "Who signs in, and how.",
    fields: {
      method: {
        type: "string",
        description: "How to sign in: with a token, or as an AppRole.",
        enum: ["token", "approle"],
        default: "token",
      },
      token: { type: "string", description: "Token. Default: VAULT_TOKEN, else the token file.", writeOnly: true },
      tokenFile: { type: "string", description: "Absolute path of the token file. Default: ~/.vault-token." },
      mount: { type: "string", description: "Path the AppRole method is mounted at.", default: "approle" },
      roleId: { type: "string", description: "Role id of the AppRole. Default: VAULT_ROLE_ID." },
      secretId: { type: "string", description: "Secret id of the AppRole. Default: VAULT_SECRET_ID.", writeOnly: true },
      secretIdFile: { type: "string", description: "Absolute path of a file that holds the secret id." },
    },
  },
  ca: { type: "string", description: "Certificates to trust instead of the usual ones, PEM." },
  caFile: { type: "string", description: "File of certificates to trust instead. Default: VAULT_CACERT." },
  clientCertFile: { type: "string", description: "File of the client's certificate, PEM. Default: VAULT_CLIENT_CERT." },
  clientKeyFile: { type: "string", description: "File of that certificate's key, PEM. Default: VAULT_CLIENT_KEY." },
  tlsServerName: { type: "string", description: "Name the server's certificate must have, if not the host's." },
});

const OTHER_METHOD = {
  token: ["roleId", "secretId", "secretIdFile", "mount"],
  approle: ["token", "tokenFile"],
} as const;

/** Checks the options and gives them with paths and address in one form. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: HashicorpOptions): HashicorpOptions {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw refuse("The options could not be checked.");
  if (result.issues) throw refuse(result.issues[0]?.message ?? "The options are not valid.");
  const { address, namespace, mount, auth = {} } = options;
  const method = auth.method ?? "token";
  const stray = OTHER_METHOD[method].find((name) => auth[name] !== undefined);
  if (stray !== undefined) throw refuse(`Option "auth.${stray}" is not for the method "${method}".`);
  for (const [name, given] of [
    ["auth.tokenFile", auth.tokenFile],
    ["auth.secretIdFile", auth.secretIdFile],
  ] as const) {
    if (given !== undefined && !/^(?:\/|~\/|[A-Za-z]:[\\/])/.test(given)) {
      throw refuse(`Option "${name}" must be an absolute path, or begin with ~/.`);
    }
  }
  if (options.fetch !== undefined && TLS_OPTIONS.some((name) => options[name] !== undefined)) {
    throw refuse('Options for TLS do nothing beside "fetch"; give one or the other.');
  }
  return {
    ...options,
    auth: { ...auth, method, ...(auth.mount !== undefined && { mount: mountPath("auth.mount", auth.mount) }) },
    ...(address !== undefined && { address: parseAddress(address) }),
    ...(namespace !== undefined && { namespace: namespacePath(namespace) }),
    ...(mount !== undefined && { mount: mountPath("mount", mount) }),
  };
}

const TLS_OPTIONS = ["ca", "caFile", "clientCertFile", "clientKeyFile", "tlsServerName"] as const;

/** A mount or namespace without the slashes around it. Throws `invalid_config` for what a header or URL cannot carry. */
export function mountPath(name: string, given: string): string {
  const path = given.replace(/^\/+|\/+$/g, "");
  if (path.split("/").some((part) => part === "" || part === "." || part === "..") || !/^[\x21-\x7e]+$/.test(path)) {
    throw refuse(`"${name}" must be a path such as team/kv.`);
  }
  return path;
}

/** The namespace of all requests, empty for the root: `/` and `root` are what clients call that. */
export function namespacePath(given: string): string {
  return /^(?:\/*|root)$/.test(given) ? "" : mountPath("namespace", given);
}

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
