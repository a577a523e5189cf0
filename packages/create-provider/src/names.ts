/** The providers that vaultlink brings itself. */
const BUILT_IN: ReadonlySet<string> = new Set(["1password", "aws", "azure", "hashicorp"]);
/** As for the names of connections, since the provider's name is the usual one. */
const MAX_LENGTH = 63;
const PREFIX = "vaultlink-provider-";

/** The name of a provider, of what was typed: that of its package means the same. */
export const nameOf = (typed: string): string => (typed.startsWith(PREFIX) ? typed.slice(PREFIX.length) : typed);

/** Why a provider cannot be called so, as a sentence; `undefined` for a name it can have. */
export function refusalOfName(name: string): string | undefined {
  if (BUILT_IN.has(name)) return `vaultlink has a provider called ${name} already: choose another name.`;
  if (!/^[a-z]/.test(name)) return "The name of a provider begins with a lower-case letter: references begin with it.";
  if (!/^[a-z0-9-]+$/.test(name)) return "The name of a provider has lower-case letters, digits and dashes only.";
  if (name.endsWith("-") || name.includes("--"))
    return "A dash in the name of a provider stands between letters or digits.";
  return name.length > MAX_LENGTH ? `The name of a provider has at most ${MAX_LENGTH} characters.` : undefined;
}
