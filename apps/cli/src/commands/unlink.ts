import { basename } from "node:path";
import { change } from "../config/change.ts";
import { said, type Said } from "../output/outcome.ts";
import { configure } from "../vault/with-vault.ts";
import type { World } from "../world.ts";
import { placeOf } from "./relink.ts";

/** Forgets a name. What it stood for stays at its vault. */
export async function unlink(world: World, name: string): Promise<Said> {
  const configuration = await configure(world);
  const { read, kind } = placeOf(name, configuration);
  await change(read, kind, [{ keys: ["links", name], value: undefined }]);
  const uncovered = configuration.links.get(name)?.hidesProject === true;
  if (uncovered) world.notice(`${name}: the project's link of this name counts now.`);
  return said([`${name} is no longer linked (${basename(read.file)}).`], { name, file: read.file });
}
