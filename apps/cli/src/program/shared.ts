import { names } from "./arguments.ts";

/*
 * Options of several commands: one flag, one meaning, one sentence.
 */

/** Has a command that asks no vault otherwise ask it. */
export const CHECK = ["--check", "Ask the vaults for what is not known here; you are asked nothing."] as const;

/** Lifts the restriction of links to certain domains. */
export const ANY_DOMAIN = [
  "--any-domain",
  "Also give links with allowedDomains, wherever their values then go.",
] as const;

/** Names instead of all links. */
export const ONLY: readonly [flags: string, description: string, parse: typeof names] = [
  ...(["--only <names>", "Only these names, separated by commas; may be repeated."] as const),
  names,
];

/** Answers the question that a command would ask. */
export const YES = ["--yes", "Do not ask."] as const;

/** Agrees to run code of others, for `connect`: said before a provider is known, and by each provider's own help. */
export const TRUST = [
  "--trust",
  "Agree to run the code of somebody else's provider as it is now; nothing of it runs before.",
] as const;

/** Where a listing begins. */
export const PREFIX = ["--prefix <path>", "Only what begins so, as the vault names it."] as const;

/** Shows, and changes nothing. */
export const DRY_RUN = ["--dry-run", "Show what would change, and change nothing."] as const;

/** Into the user's own file. */
export const USER = ["--user", "Keep links for yourself instead of in vaultlink.json."] as const;
