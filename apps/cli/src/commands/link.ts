import { basename, join } from "node:path";
import { isSecretError, SecretError } from "@vaultlink/core";
import { change, type Kind } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { PROJECT, USER } from "../config/kinds.ts";
import { PROJECT_FILE } from "../config/places.ts";
import type { ProjectContent } from "../config/content.ts";
import type { Loaded } from "../config/read.ts";
import { LINK_NAME } from "../config/schema/parts.ts";
import { usage } from "../failure.ts";
import { said, type Said } from "../output/outcome.ts";
import { vaultOptions } from "../vault/options.ts";
import { explainTrust } from "../vault/trust.ts";
import { configure } from "../vault/with-vault.ts";
import type { World } from "../world.ts";

export interface LinkOptions {
  /** Into the user configuration instead of the project's file. */
  readonly user?: boolean;
}

/** Binds a new name. The vault is not asked. */
export async function link(
  world: World,
  name: string,
  given: string | undefined,
  options: LinkOptions = {},
): Promise<Said> {
  if (!new RegExp(LINK_NAME, "u").test(name)) {
    throw usage(
      "A link's name begins with a letter or _ and holds letters, digits, _ . and -.",
      "vaultlink link --help",
    );
  }
  const configuration = await configure(world);
  const place = placeFor(world, configuration, options);
  if (Object.hasOwn(place.read.content.links ?? {}, name)) {
    throw new SecretError("invalid_config", `${name}: This name is linked already.`, {
      mend: `vaultlink relink ${name} <reference>`,
    });
  }
  const typed = given ?? (await world.person?.edit("Reference (leave empty to declare the name only)", ""));
  const reference = typed?.trim() || null;
  if (reference !== null) checkReference(world, configuration, reference);
  await change(place.read, place.kind, [{ keys: ["links", name], value: reference }]);
  const shadowed = !options.user && configuration.links.get(name)?.origin === "user";
  if (shadowed) world.notice(`${name}: your own link of this name goes before the project's.`);
  const what = reference === null ? "has no reference yet" : `stands for ${reference}`;
  return said([`${name} ${what} (${basename(place.read.file)}).`], { name, reference, file: place.read.file });
}

/** The file a new link goes to. */
function placeFor(
  world: World,
  { user, project, foreign }: Configuration,
  options: LinkOptions,
): { readonly read: Loaded<ProjectContent>; readonly kind: Kind } {
  if (options.user) return { read: user, kind: USER };
  if (project !== undefined) return { read: project, kind: PROJECT };
  const file = join(world.cwd, PROJECT_FILE);
  if (foreign === file) throw new SecretError("invalid_config", "The vaultlink.json here belongs to another user.");
  return { read: { file, text: undefined, content: { version: 1 } }, kind: PROJECT };
}

/** Throws what is wrong with a reference as far as that shows without asking a vault. */
export function checkReference(world: World, configuration: Configuration, reference: string): void {
  const { connections, env } = vaultOptions(world, configuration);
  try {
    world.createVault({ connections, env, links: {} }).link("reference", reference);
  } catch (error) {
    const explained = explainTrust(error, reference, configuration);
    // A link may come before trust: what it needs is defined right beside it.
    if (explained === error) throw withoutName(error);
  }
}

/** The check used a name of its own, which nobody should read. */
function withoutName(error: unknown): unknown {
  if (!isSecretError(error)) return error;
  return new SecretError(error.code, error.message.replace(/^reference: /, ""), error.details);
}
