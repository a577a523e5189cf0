import { type ErrorDetails, isSecretError, type ListEntry, SecretError } from "@vaultlink/core";
import type { CliContext } from "../context.ts";
import { clean } from "../output/clean.ts";
import type { VaultAccess } from "../vault/access.ts";
import { signIn } from "../vault/sign-in.ts";

/** What is browsed, and by whom. */
export interface Browsing {
  readonly context: CliContext;
  readonly vault: VaultAccess;
  readonly connection: string;
}

/** Lists one prefix as it arrives. Where credentials are missing and a person is there, signs in first. */
export async function* browse(
  { context, vault, connection }: Browsing,
  prefix: string,
): AsyncGenerator<ListEntry, void, undefined> {
  const options = { signal: context.signal };
  let isBegun = false;
  try {
    for await (const entry of vault.list(connection, { prefix }, options)) {
      isBegun = true;
      yield entry;
    }
  } catch (thrown) {
    const isRefused = isSecretError(thrown) && thrown.code === "unauthenticated";
    if (isBegun || !isRefused || context.prompter === undefined) throw explained(thrown);
    await signIn(context, vault, connection, { ifNeeded: true });
    yield* vault.list(connection, { prefix }, options);
  }
}

/** What an entry is called in the folder that was listed. */
export const nameBelow = (prefix: string, { locator: { path } }: ListEntry): string =>
  path.startsWith(prefix) ? path.slice(prefix.length) : path;

/** The same as a person knows it: by its title, where it is called by an id. */
export const titleBelow = (prefix: string, entry: ListEntry): string =>
  entry.title === undefined ? nameBelow(prefix, entry) : `${entry.title}${entry.folder === true ? "/" : ""}`;

/** Folders below the one asked for, at most: each costs the vault a request. */
const MAX_FOLDERS = 500;

/** What a walk could not look at, and whether it saw anything. */
export interface Left {
  /** Folders that the credentials may not list. */
  readonly denied: string[];
  /** Folders beyond the limit. */
  skipped: number;
  /** Secrets that it saw, and folders of them that it left out. */
  seen: number;
  /** Folders that were not asked for, since there was enough. */
  unasked: number;
}

/** Nothing yet. */
export const nothingLeft = (): Left => ({ denied: [], skipped: 0, seen: 0, unasked: 0 });

/** A secret that a walk came to. */
export interface Walked {
  readonly entry: ListEntry;
  /** Its path as a person knows it: with titles, where the path has ids. */
  readonly shown: string;
}

/** How far a walk goes. */
export interface Walk {
  readonly left: Left;
  /** Whether it goes into a folder, which a person knows as `shown`. @default into all */
  readonly enters?: (folder: ListEntry, shown: string) => boolean;
  /** Whether there is enough, so that no other folder is asked for. */
  readonly hasEnough?: () => boolean;
}

/**
 * Everything below a prefix, each folder with all that is in it before the next, as it arrives. What may not be listed is
 * counted; the rest goes on.
 */
export async function* walk(
  browsing: Browsing,
  prefix: string,
  { left, enters = () => true, hasEnough = () => false }: Walk,
): AsyncGenerator<Walked, void, undefined> {
  let folders = [{ path: prefix, shown: prefix }];
  for (let looked = 0; folders.length > 0; looked++) {
    const [folder = { path: "", shown: "" }, ...others] = folders;
    if (hasEnough()) {
      left.unasked = folders.length;
      return;
    }
    if (looked > MAX_FOLDERS) {
      left.skipped = folders.length;
      return;
    }
    const inside: typeof folders = [];
    try {
      for await (const entry of browse(browsing, folder.path)) {
        const { path } = entry.locator;
        const shown = `${folder.shown}${titleBelow(folder.path, entry)}`;
        if (entry.folder === true && enters(entry, shown)) inside.push({ path, shown });
        else left.seen++;
        if (entry.folder !== true) yield { entry, shown };
      }
    } catch (error) {
      if (looked === 0 || !isSecretError(error) || error.code !== "denied") throw error;
      left.denied.push(folder.path);
    }
    folders = [...inside, ...others];
  }
}

/** How many folders a walk could not look at. */
export const foldersNotListed = ({ denied, skipped }: Left): number => denied.length + skipped;

/** Folders that are named, at most. */
const MAX_NAMED = 3;

/** Says what a walk could not look at. Throws `denied` where it saw nothing else. */
export function tellLeft({ notice }: CliContext, { denied, skipped, seen }: Left): void {
  const others = denied.length - MAX_NAMED;
  const folders = clean(denied.slice(0, MAX_NAMED).join(", ")) + (others > 0 ? ` and ${others} more` : "");
  if (denied.length > 0 && seen === 0) throw notAllowed({ where: ` for ${folders}` });
  if (denied.length > 0) notice(`The permission to list is missing for ${folders}.`);
  if (skipped > 0) notice(`${skipped} folders were not looked into: begin further down, with --prefix.`);
}

/** A listing that is not allowed says nothing about reading. */
function notAllowed({ where = "", ...details }: ErrorDetails & { readonly where?: string }): SecretError {
  const message = `The permission to list is missing${where}; a secret whose reference you know may be readable all the same.`;
  return new SecretError("denied", message, { ...details, hint: LINK });
}

/** Whoever knows a reference goes on with it: at a terminal this asks for one. */
const LINK = "vaultlink link NAME";

function explained(thrown: unknown): unknown {
  if (!isSecretError(thrown)) return thrown;
  const { code, details } = thrown;
  if (code === "denied") return notAllowed(details);
  return details.reason === "not-listed" ? new SecretError(code, thrown.message, { ...details, hint: LINK }) : thrown;
}
