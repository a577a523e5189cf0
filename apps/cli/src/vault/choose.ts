import { SecretError } from "@vaultlink/core";
import { closestMatch } from "@vaultlink/core/internal";
import type { Configuration } from "../config/load.ts";
import { usage } from "../failure.ts";
import { NamesFailed } from "../output/failures.ts";
import { failureOf, type Wanted, wantedLink } from "./collect.ts";
import { called, nameOf, refuseDomains } from "./resolve.ts";

/** Which names a command is about. */
export interface Choice {
  /** The names; all otherwise. */
  readonly only?: readonly string[] | undefined;
  /** Links for certain domains only, too. */
  readonly anyDomain?: boolean | undefined;
}

/** What is chosen from, and what has to hold of it. */
export interface Choosing {
  readonly configuration: Configuration;
  /** Names beside those of links, which they hide. */
  readonly others?: ReadonlyMap<string, Wanted>;
  /** Throws `invalid_config` for a name that may not be used. */
  readonly check: (name: string) => void;
  /** Shows how names are given. */
  readonly help: string;
}

/** What is wanted of these names. Throws for each one that may not be used, before any vault is asked. */
export function choose({ only, anyDomain }: Choice, choosing: Choosing): readonly Wanted[] {
  const { configuration, others = new Map<string, Wanted>(), check, help } = choosing;
  // What a script's unset variable leaves of a list must not start a command without its secrets.
  if (only?.some((name) => name === "") === true || only?.length === 0) {
    throw usage("--only has an empty name; give names separated by commas.", help);
  }
  const names = new Set(only ?? [...configuration.links.keys(), ...others.keys()]);
  const failures = [...names].flatMap((name, at) =>
    failureOf(others.has(name) ? name : nameOf(name, configuration), () => {
      if (!others.has(name)) expectLink(name, at, configuration, [...others.keys()]);
      check(name);
      if (!others.has(name) && anyDomain !== true) refuseDomains(name, configuration);
    }),
  );
  if (failures.length > 0) throw new NamesFailed(failures);
  return [...names].map((name) => others.get(name) ?? wantedLink(name, configuration));
}

/** Throws `unresolved` for what is no link's name, saying which of `--only` it is. */
export function expectLink(name: string, at: number, { links }: Configuration, others: readonly string[] = []): void {
  if (links.has(name)) return;
  const near = closestMatch(name, [...links.keys(), ...others]);
  const suggestion = near === undefined ? "." : `; did you mean ${near}?`;
  throw new SecretError("unresolved", `No link ${called(name)} (name ${at + 1} of --only)${suggestion}`, {
    reason: "unlinked",
    hint: "vaultlink list",
  });
}
