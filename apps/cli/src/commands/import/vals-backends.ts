/** Where a reference of vals points, in our words. */
interface Place {
  readonly path: string;
  readonly field?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** What its path says of the vault, by the name of a setting. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A backend of vals that is one of our providers. */
export interface Backend {
  readonly provider: string;
  /** Qualifiers that say which vault, and the options of a connection that say the same, e.g. `auth.profile`. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
  /** Qualifiers of a secret, and ours for each. */
  readonly qualifiers: Readonly<Record<string, string>>;
  /** Qualifiers that say who asks. */
  readonly signIn: ReadonlySet<string>;
  /** What a path and the keys of a fragment name; `undefined` for what is not documented. */
  readonly place: (path: string, field: readonly string[] | undefined) => Place | undefined;
}

const asWritten: Backend["place"] = (path, field) => ({ path, ...(field && { field }) });

const vault: Backend = {
  provider: "hashicorp",
  settings: { address: ["address"], namespace: ["namespace"] },
  qualifiers: { version: "version" },
  signIn: new Set([
    ...["auth_method", "password_env", "password_file", "proto", "role_id", "secret_id"],
    ...["token_env", "token_file", "username"],
  ]),
  // Older references begin with the address itself.
  place: (path, field) => (/^[^/]+:\d+\//.test(path) ? undefined : asWritten(path, field)),
};

/** By their names in a reference. https://github.com/helmfile/vals#supported-backends */
export const BACKENDS: Readonly<Record<string, Backend>> = {
  vault,
  openbao: vault,
  awssecrets: {
    provider: "aws",
    settings: { region: ["region"], profile: ["auth.profile"], role_arn: ["role.arn"] },
    qualifiers: { version_stage: "stage", version_id: "version" },
    signIn: new Set(),
    place: asWritten,
  },
  azurekeyvault: {
    provider: "azure",
    settings: { key_vault: ["vaultUrl", "vaults"] },
    qualifiers: {},
    signIn: new Set(),
    place(path, field) {
      const [keyVault = "", name, version, ...more] = path.split("/");
      if (name === undefined || more.length > 0) return undefined;
      return {
        path: `${keyVault}/${name}`,
        settings: { key_vault: keyVault },
        ...(field && { field }),
        ...(version !== undefined && { query: { version } }),
      };
    },
  },
  op: { provider: "1password", settings: {}, qualifiers: {}, signIn: new Set(), place: asWritten },
  onepasswordconnect: {
    provider: "1password",
    settings: {},
    qualifiers: {},
    signIn: new Set(),
    // The fragment is [SECTION.]FIELD, which here are steps of the path.
    place(path, [steps, ...more] = []) {
      const named = steps?.split(".") ?? [];
      if (named.length === 0 || named.length > 2 || more.length > 0 || path.split("/").length !== 2) return undefined;
      return { path: [path, ...named].join("/") };
    },
  },
};
