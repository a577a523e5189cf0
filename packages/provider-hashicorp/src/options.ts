import {
  checkSchema,
  defineOptions,
  invalidConfig,
  type OptionsOf,
  type OptionsSchema,
} from "@vaultlink/core/provider";
import { parseAddress } from "./address.ts";
import { authField, type AuthOptions, checkAuth } from "./auth-options.ts";
import { mountPath, namespacePath } from "./paths.ts";

/** Described once: prompts, flags, editors and the types below read this. `auth` has a table of its own. */
const fields = {
  address: {
    type: "string",
    description: "Base URL of the vault: https, or http on loopback.",
    envVariables: ["VAULT_ADDR"],
  },
  nodes: {
    type: "string[]",
    description:
      "Base URLs of the same cluster's other nodes: where a redirect may lead, and who is asked if a node does not serve.",
  },
  namespace: {
    type: "string",
    description: "Namespace all requests go to.",
    envVariables: ["VAULT_NAMESPACE"],
    otherwise: "the root",
  },
  mount: "Path of a KV mount whose layout need not be asked for, together with kvVersion.",
  kvVersion: {
    type: "integer",
    description: "Version of the KV engine at mount; without mount, of mounts the vault tells nothing about.",
    minimum: 1,
    maximum: 2,
  },
  ca: "Certificates to trust instead of the usual ones, PEM.",
  caFile: { type: "string", description: "File of certificates to trust instead.", envVariables: ["VAULT_CACERT"] },
  clientCertFile: {
    type: "string",
    description: "File of the client's certificate, PEM.",
    envVariables: ["VAULT_CLIENT_CERT"],
  },
  clientKeyFile: {
    type: "string",
    description: "File of that certificate's key, PEM.",
    envVariables: ["VAULT_CLIENT_KEY"],
  },
  tlsServerName: {
    type: "string",
    description: "Name the server's certificate must have, if not the host's.",
    envVariables: ["VAULT_TLS_SERVER_NAME"],
  },
} as const;

/** How to reach a vault and sign in to it. What is absent comes from the `VAULT_*` or `BAO_*` variables. */
export interface HashicorpOptions extends Omit<OptionsOf<typeof fields>, "kvVersion"> {
  readonly kvVersion?: 1 | 2;
  readonly auth?: AuthOptions;
  /** Sends the requests instead of Node's own client, for tests and unusual networks. It must honour `redirect: "manual"`. */
  readonly fetch?: typeof fetch;
}

/** Validates the options and describes them. */
export const schema: OptionsSchema<HashicorpOptions> = defineOptions<HashicorpOptions>({ ...fields, auth: authField });

/** Checks the options and gives them with paths and address in one form. Throws `invalid_config`; never shows a value. */
export function checkOptions(options: HashicorpOptions): HashicorpOptions {
  checkSchema(schema, options);
  const { address, namespace, mount, auth = {} } = options;
  if (options.fetch !== undefined && TLS_OPTIONS.some((name) => options[name] !== undefined)) {
    throw invalidConfig('Options for TLS do nothing beside "fetch"; give one or the other.');
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
