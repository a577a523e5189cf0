import { basename, resolve } from "node:path";
import { SecretError } from "@vaultlink/core";
import { find } from "./find.ts";
import type { NamedBy } from "./inspect.ts";
import { nameInPackage, type ThirdParty } from "./source.ts";

/** A provider as a person typed it, and as their configuration will have it. */
export interface Typed {
  readonly source: ThirdParty;
  /** What stands after `"provider":`. */
  readonly provider: string;
}

/**
 * What a person means by a package or a path. A path is that of the working directory; so is a package that only the
 * project there has installed. Their configuration gets the absolute path: it has to mean the same from everywhere.
 */
export function asTyped(source: ThirdParty, cwd: string, { folders }: NamedBy): Typed {
  if (source.kind === "program") throw new SecretError("internal", "A program is not typed.");
  if (source.kind === "path") return atPath(resolve(cwd, source.path));
  const here = find(source, folders);
  const inProject = here === "absent" ? find(source, [cwd]) : here;
  if (here !== "absent" || typeof inProject === "string") return { source, provider: source.name };
  return atPath(inProject.at);
}

const atPath = (path: string): Typed => ({ source: { kind: "path", path }, provider: path });

/** What a connection of a provider is usually called: what the provider calls itself, as far as its name says so. */
export function usualNameOf({ source }: Typed): string | undefined {
  const name = source.kind === "package" ? source.name : source.kind === "path" ? basename(source.path) : "";
  const own = nameInPackage(name) ?? name.replace(/\.[cm]?[jt]s$/, "");
  return /^[a-z][a-z0-9-]{0,62}$/.test(own) ? own : undefined;
}
