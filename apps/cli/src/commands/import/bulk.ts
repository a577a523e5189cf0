import { change, type Change } from "../../config/change.ts";
import { shownFile } from "../../config/shown-file.ts";
import type { Configuration } from "../../config/load.ts";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { message, type Message } from "../../output/result.ts";
import type { Source } from "./sources.ts";
import { type PlaceOptions, placeFor } from "../../vault/link-file.ts";
import { checkReference } from "../../vault/check-reference.ts";
import { tellUnusable } from "../../env/unusable.ts";

export interface BulkOptions extends PlaceOptions {
  /** Does not ask. */
  readonly yes?: boolean;
  /** Shows, and changes nothing. */
  readonly dryRun?: boolean;
}

/** Links many names at once, after showing them. Names that are linked stay as they are. */
export async function linkAll(
  context: CliContext,
  configuration: Configuration,
  { names, left }: Source,
  options: BulkOptions,
): Promise<Message> {
  const place = await placeFor(context, configuration, options);
  const held = place.read.content.links ?? {};
  const fresh = names.filter(({ name }) => !Object.hasOwn(held, name));
  const there = names.filter(({ name }) => Object.hasOwn(held, name)).map(({ name }) => name);
  for (const { reference } of fresh) if (reference !== null) await checkReference(context, configuration, reference);
  const lines = [
    ...fresh.map(({ name, reference }) => `  ${name}  ${reference ?? "(no reference yet)"}`),
    ...there.map((name) => `  ${name}  is linked already, and stays as it is`),
    ...left.map(({ name, why }) => `  ${name}  is left out: ${why}`),
  ];
  const json = { links: fresh, linkedAlready: there, left, file: place.read.file };
  const stay = (): Message => message([...lines, "Nothing was changed."], { ...json, changed: false });
  if (options.dryRun === true || fresh.length === 0) return stay();
  if (options.yes !== true) {
    const { prompter } = context;
    if (prompter === undefined) throw usage("Nobody is here to agree; add --yes, or look first with --dry-run.");
    for (const line of lines) prompter.show(line);
    if (!(await prompter.confirm(`Link ${fresh.length} names?`))) return stay();
  }
  const changes = fresh.map(({ name, reference }): Change => ({ keys: ["links", name], value: reference }));
  await change(place.read, place.kind, changes);
  for (const { name } of fresh) tellUnusable(context, configuration, name);
  const done = `${fresh.length} names were linked (${shownFile(context, place.read.file, place.kind)}).`;
  return message([...(options.yes === true ? lines : []), done], { ...json, changed: true });
}
