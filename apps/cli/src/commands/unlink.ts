import { change } from "../config/change.ts";
import { shownFile } from "../config/shown-file.ts";
import { message, type Message } from "../output/result.ts";
import { configure } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { placeOf } from "../vault/link-file.ts";

/** Forgets a name. What it stood for stays at its vault. */
export async function unlink(context: CliContext, name: string): Promise<Message> {
  const configuration = await configure(context);
  const { read, kind } = placeOf(name, configuration, "unlink");
  await change(read, kind, [{ keys: ["links", name], value: undefined }]);
  const uncovered = configuration.links.get(name)?.hidesProject === true;
  if (uncovered) context.notice(`${name}: the project's link of this name counts now.`);
  return message([`${name} is no longer linked (${shownFile(context, read.file, kind)}).`], { name, file: read.file });
}
