import { type Locator, type SecretError, invalidReference } from "@vaultlink/core/provider";

/** A locator that can name something in this vault. */
export interface ParsedLocator {
  /** Mount and path, e.g. `"secret/prod/db"`. */
  readonly path: string;
  /** Version of the document; absent means the newest. */
  readonly version?: number;
}

/**
 * Branches of the vault's own API, in every namespace: no mount and no namespace of these names can be made. Under them
 * the vault gives credentials of whoever asks: `auth/token/lookup-self` our token, `cubbyhole/response` a wrapped one,
 * `identity/oidc/token/…` a token that signs us in elsewhere.
 */
const RESERVED: ReadonlySet<string> = new Set(["auth", "cubbyhole", "identity", "sys"]);

/** Whether a path could lead into the vault's own API, if what is before it were namespaces. */
export function mayBeReserved(path: string): boolean {
  return path.split("/").some((segment) => RESERVED.has(segment));
}

/** Throws `invalid_reference` for a path of the vault's own API in the connection's namespace, and for empty or dot segments. */
export function checkPath(path: string): void {
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    throw invalidReference("A secret's path has no empty segments and no dot segments.");
  }
  if (RESERVED.has(segments[0] as string)) throw reserved();
}

/** What to throw for a path of the vault's own API. */
export function reserved(): SecretError {
  return invalidReference("Under sys, auth, identity and cubbyhole the vault keeps no secrets that can be linked.");
}

/** Checks a locator, since the vault answers nonsense to some of them. Throws `invalid_reference`; sends nothing. */
export function checkLocator({ path, query }: Locator): ParsedLocator {
  if (!path.includes("/")) throw invalidReference("A secret's path has a mount and a name, such as secret/db.");
  checkPath(path);
  if (/[\p{Cc}\p{Cf}\p{Cs}]/u.test(path)) throw invalidReference("A secret's path holds printable characters only.");
  const { version, ...others } = query;
  if (Object.keys(others).length > 0) throw invalidReference("The only qualifier of this vault is ?version=.");
  if (version === undefined) return { path };
  if (!/^[1-9]\d{0,8}$/.test(version)) throw invalidReference("A version is a whole number from 1.");
  return { path, version: Number(version) };
}
