import { join } from "node:path";
import { SecretError } from "@vaultlink/core";
import type { Kind } from "../config/change.ts";
import type { ProjectContent } from "../config/content.ts";
import { PROJECT, USER } from "../config/file-kinds.ts";
import type { Configuration } from "../config/load.ts";
import { PROJECT_FILE } from "../config/paths.ts";
import { refuseWritableFolders } from "../config/permissions.ts";
import type { Loaded } from "../config/read.ts";
import { schemaReference } from "../config/schema-reference.ts";
import type { CliContext } from "../context.ts";
import { usage } from "../failure.ts";
import { expectKnown } from "./resolve.ts";

/** A file that holds links, as it was read, and what may stand in it. */
export interface LinkFile {
  readonly read: Loaded<ProjectContent>;
  readonly kind: Kind;
}

/** Where new links go. */
export interface PlaceOptions {
  /** Into the user configuration instead of the project's file. */
  readonly user?: boolean;
}

/** The file a link stands in. Throws `unresolved` for a name that is not linked. */
export function placeOf(name: string, configuration: Configuration, command: "relink" | "unlink"): LinkFile {
  const { links, user, project } = configuration;
  expectKnown(name, configuration, command);
  const link = links.get(name);
  if (link === undefined) throw usage("A link has a name; this is a reference.", "vaultlink list");
  return link.origin === "project" && project !== undefined
    ? { read: project, kind: PROJECT }
    : { read: user, kind: USER };
}

/** The file a new link goes to. */
export async function placeFor(
  context: CliContext,
  { user, project, foreign }: Configuration,
  options: PlaceOptions,
): Promise<LinkFile> {
  if (options.user) return { read: user, kind: USER };
  if (project !== undefined) return { read: project, kind: PROJECT };
  const file = join(context.cwd, PROJECT_FILE);
  if (foreign === file) throw new SecretError("invalid_config", "The vaultlink.json here belongs to another user.");
  await refuseWritableFolders(file, { uid: context.uid, owned: false, above: false });
  const kind = { ...PROJECT, reference: await schemaReference(context.cwd) };
  return { read: { file, text: undefined, content: { version: 1 } }, kind };
}
