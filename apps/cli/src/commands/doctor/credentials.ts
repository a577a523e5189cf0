import type { Env } from "@vaultlink/core";
import { declaredEnv } from "@vaultlink/core/internal";
import { NETWORK_VARIABLES, type SuggestedMethod, type Suggestions } from "@vaultlink/core/provider";
import type { ConnectionEntry } from "../../config/content.ts";
import { at } from "../../options/secrets.ts";
import { type Finding, ok } from "./finding.ts";

/** Ways to sign in that are named; a person may have many profiles. */
const MAX_WAYS = 3;

/** What a provider declares, and what it finds on this machine. */
export interface Findable {
  readonly variables: readonly string[];
  readonly suggestions: Suggestions;
}

/** The variables that are set and what the provider finds, to sign in with. Names only, never a value. */
export function credentialNames(
  env: Env,
  entry: ConnectionEntry,
  { variables, suggestions }: Findable,
): readonly string[] {
  const set = setVariables(env, variables);
  const ways = (suggestions.methods ?? []).filter((way) => fits(way, entry)).flatMap(({ found }) => found ?? []);
  // Of what a variable leads to, its name has said it.
  const others = [...new Set(ways)].filter((way) => !set.some((name) => way.includes(name)));
  const more = others.length > MAX_WAYS ? [`${others.length - MAX_WAYS} more`] : [];
  return [...set, ...others.slice(0, MAX_WAYS), ...more];
}

/** What a sign-in has to work with: the method, and what is found. */
export function foundCredentials(env: Env, entry: ConnectionEntry, about: Findable): Finding {
  const method = at(entry, ["auth", "method"]);
  const found = credentialNames(env, entry, about);
  const how = typeof method === "string" ? `method ${method}; ` : "";
  return ok(
    "credentials",
    `${how}${found.length === 0 ? "none found here: a person is asked" : `found ${found.join(", ")}`}`,
  );
}

/** Variables that say where files and programs are, and hold no credential. */
const PLACES: ReadonlySet<string> = new Set([
  ...["HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PATH", "PATHEXT", "SystemRoot", "ComSpec"],
]);

/** The variables of a provider that are set, without those of the network and of places. */
function setVariables(env: Env, declared: readonly string[]): readonly string[] {
  const ours = declared.filter((name) => !NETWORK_VARIABLES.includes(name) && !PLACES.has(name));
  return Object.entries(declaredEnv(ours, env))
    .flatMap(([name, value]) => (value ? name : []))
    .toSorted();
}

/** Whether the connection signs in so, as far as it says how. */
const fits = ({ options = {} }: SuggestedMethod, entry: ConnectionEntry): boolean =>
  Object.entries(options).every(([path, value]) => [undefined, value].includes(at(entry, path.split(".")) as string));
