import { invalidReference, isSecretError, type Locator, type ParsedIdentifier } from "@vaultlink/core/provider";

/** A reference that can name something here. */
export interface ParsedLocator {
  /** Names or ids of vault and item. */
  readonly vault: string;
  readonly item: string;
  /** Section, if there is one, field, and qualifiers. */
  readonly rest: string;
  /** The whole, as the SDK takes it. */
  readonly reference: string;
  /** Whether it asks for a one-time password, which must not be kept. */
  readonly once: boolean;
}

/** What the SDK takes in a reference, measured; a name with other characters is referred to by its id. */
const SEGMENT = /^[\w.\- ]{1,512}$/;
const QUALIFIERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["attribute", new Set(["otp", "totp"])],
  ["ssh-format", new Set(["openssh"])],
]);

/** Checks a locator before anything is sent. Throws `invalid_reference`. */
export function checkLocator({ path, query }: Locator): ParsedLocator {
  const segments = path.split("/");
  const [vault = "", item = "", ...inside] = segments;
  if (segments.length < 3 || segments.length > 4) {
    throw invalidReference("A reference to 1Password is op://vault/item/field or op://vault/item/section/field.");
  }
  if (!segments.every((segment) => SEGMENT.test(segment))) {
    throw invalidReference(
      "Names in a reference have letters, digits, blanks and _.- only; write the id in place of any other.",
    );
  }
  for (const [name, value] of Object.entries(query)) {
    if (QUALIFIERS.get(name)?.has(value) !== true) {
      throw invalidReference("The qualifiers of 1Password are ?attribute=otp and ?ssh-format=openssh.");
    }
  }
  const search = new URLSearchParams(query).toString();
  const rest = `${inside.join("/")}${search === "" ? "" : `?${search}`}`;
  const once = query["attribute"] !== undefined;
  return { vault, item, rest, reference: `op://${vault}/${item}/${rest}`, once };
}

const SCHEME = "op://";

/** Understands 1Password's own `op://vault/item/[section/]field`. Any connection may serve it: it names no account. */
export function parseIdentifier(identifier: string): ParsedIdentifier | undefined {
  if (!identifier.startsWith(SCHEME)) return undefined;
  const [path = "", search = "", ...others] = identifier.slice(SCHEME.length).split("?");
  if (others.length > 0) return undefined;
  const locator: Locator = { path, query: Object.fromEntries(new URLSearchParams(search)) };
  try {
    checkLocator(locator);
    return { locator };
  } catch (thrown) {
    if (isSecretError(thrown)) return undefined;
    throw thrown;
  }
}
