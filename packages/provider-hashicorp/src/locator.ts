import { type Locator, SecretError } from "@vaultlink/core";

/** A locator that can name something in this vault. */
export interface Target {
  /** Mount and path, e.g. `"secret/prod/db"`. */
  readonly path: string;
  /** Version of the document; absent means the newest. */
  readonly version?: number;
}

/** Branches of the vault's own API: reading `auth/token/lookup-self` would give our token as if it were a secret. */
const NOT_SECRETS: ReadonlySet<string> = new Set(["sys", "auth"]);

/** Checks a locator, since the vault answers nonsense to some of them. Throws `invalid_reference`; sends nothing. */
export function checkLocator({ path, query }: Locator): Target {
  const segments = path.split("/");
  if (segments.length < 2) throw refuse("A secret's path has a mount and a name, such as secret/db.");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw refuse("A secret's path has no empty segments and no dot segments.");
  }
  if (/\p{C}/u.test(path) || !path.isWellFormed()) throw refuse("A secret's path holds printable characters only.");
  // https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2: key names do not end in a period.
  if (path.endsWith(".")) throw refuse("A secret's path does not end in a period.");
  if (NOT_SECRETS.has(segments[0] as string)) throw refuse("Under sys and auth the vault keeps no secrets.");
  const { version, ...others } = query;
  if (Object.keys(others).length > 0) throw refuse("The only qualifier of this vault is ?version=.");
  if (version === undefined) return { path };
  if (!/^[1-9]\d{0,8}$/.test(version)) throw refuse("A version is a whole number from 1.");
  return { path, version: Number(version) };
}

const refuse = (message: string): SecretError => new SecretError("invalid_reference", message);
