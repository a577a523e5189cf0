import { defineOptions, type OptionsSchema, SecretError } from "@vaultlink/core/provider";
import { parseAddress } from "./address.ts";
import { authField, type AuthOptions, checkAuth } from "./auth-options.ts";
import { mountPath, namespacePath } from "./paths.ts";

/** How to reach a vault and sign in to it. What is absent comes from the `VAULT_*` or `BAO_*` variables. */
export interface HashicorpOptions {
  /** Base URL: https, or http on loopback. @default `VAULT_ADDR` */
  readonly address?: string;
  /** Base URLs of the same cluster's other nodes: where a redirect may lead, and who is asked if a node does not serve. */
  readonly nodes?: readonly string[];
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

/** Validates the options and describes them; prompts, flags and editors read the descriptions. */
export const schema: OptionsSchema<HashicorpOptions> = defineOptions<HashicorpOptions>({
  address: { type: "string", description: "Base URL of the vault: https, or http on loopback. Default: VAULT_ADDR." },
  nodes: { type: "string[]", description: "Base URLs of the other nodes of the same cluster." },
  namespace: { type: "string", description: "Namespace all requests go to. Default: VAULT_NAMESPACE, else the root." },
  mount: { type: "string", description: "Path of a KV mount whose layout need not be asked for." },
  kvVersion: { type: "integer", description: "Version of the KV engine at that mount.", minimum: 1, maximum: 2 },
  auth: authField,
  ca: { type: "string", description: "Certificates to trust instead of the usual ones, PEM." },
  caFile: { type: "string", description: "File of certificates to trust instead. Default: VAULT_CACERT." },
  clientCertFile: { type: "string", description: "File of the client's certificate, PEM. Default: VAULT_CLIENT_CERT." },
  clientKeyFile: { type: "string", description: "File of that certificate's key, PEM. Default: VAULT_CLIENT_KEY." },
  tlsServerName: { type: "string", description: "Name the server's certificate must have, if not the host's." },
});

/** Checks the options and gives them with paths and address in one form. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: HashicorpOptions): HashicorpOptions {
  const result = schema["~standard"].validate(options);
  if (result instanceof Promise) throw refuse("The options could not be checked.");
  if (result.issues) throw refuse(result.issues[0]?.message ?? "The options are not valid.");
  const { address, namespace, mount, auth = {} } = options;
  if (options.fetch !== undefined && TLS_OPTIONS.some((name) => options[name] !== undefined)) {
    throw refuse('Options for TLS do nothing beside "fetch"; give one or the other.');
  }
  return {
    ...options,
    auth: checkAuth(auth),
    ...(address !== undefined && { address: parseAddress(address) }),
    ...(options.nodes !== undefined && { nodes: options.nodes.map(parseAddress) }),
    ...(namespace !== undefined && { namespace: namespacePath(namespace) }),
    ...(mount !== undefined && { mount: mountPath("mount", mount) }),
  };
}

const TLS_OPTIONS = ["ca", "caFile", "clientCertFile", "clientKeyFile", "tlsServerName"] as const;

const refuse = (message: string): SecretError => new SecretError("invalid_config", message);
