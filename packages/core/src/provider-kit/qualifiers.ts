import { SecretError } from "../errors/secret-error.ts";
import type { Locator } from "../contract/provider.ts";

/**
 * The qualifiers of a locator, if all are known and of the form they must have. Throws `invalid_reference` otherwise: a
 * qualifier that is ignored, e.g. a misspelt `version`, gives another secret than the one that was asked for.
 */
export function qualifiers<const Name extends string = never>(
  { query }: Locator,
  known: Readonly<Record<Name, RegExp>> = {} as Readonly<Record<Name, RegExp>>,
): { readonly [Key in Name]?: string } {
  const forms = new Map<string, RegExp>(Object.entries(known));
  for (const [name, value] of Object.entries(query)) {
    const form = forms.get(name);
    if (form === undefined) throw new SecretError("invalid_reference", unknown(forms));
    // A form with `g` or `y` would remember where it stopped.
    if (value.search(form) !== 0)
      throw new SecretError("invalid_reference", `The ${name} has not the form it must have.`);
  }
  return query as { readonly [Key in Name]?: string };
}

function unknown(forms: ReadonlyMap<string, RegExp>): string {
  const names = [...forms.keys()].map((name) => `"${name}"`).join(", ");
  return names === "" ? "This vault has no qualifiers." : `This vault has no such qualifier; it has ${names}.`;
}
