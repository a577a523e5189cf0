import { isSecretError } from "@vaultlink/core";
import { change, type Change } from "../config/change.ts";
import type { ProjectContent } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import { record } from "../config/merge.ts";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";
import { askAgain, isMistyped } from "../terminal/ask-again.ts";
import { settleAmbiguous } from "../find/ambiguous.ts";
import { completeTyped } from "../find/pick-field.ts";
import { type NotPicked, pick } from "../find/pick.ts";
import { referenceOf } from "../vault/resolve.ts";
import { signIn } from "../vault/sign-in.ts";
import { explainTrust } from "../vault/trust.ts";
import type { VaultAccess } from "../vault/access.ts";
import { configure, type LendVault, sharingVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { placeOf } from "../vault/link-file.ts";
import { checkReference } from "../vault/check-reference.ts";
import { referenceQuestion } from "../find/reference-question.ts";

export interface RelinkOptions {
  /** commander's form of `--no-verify`. */
  readonly verify?: boolean;
  readonly dryRun?: boolean;
}

/** Points a name elsewhere, once its vault gave the new secret. Until then, and if anything fails, all is as it was. */
export async function relink(
  context: CliContext,
  name: string,
  given: string | undefined,
  options: RelinkOptions = {},
): Promise<Message> {
  const configuration = await configure(context);
  return sharingVault(context, configuration, (lend) =>
    relinkIn(lend, { context, configuration, name, given, options }),
  );
}

interface Relinking {
  readonly context: CliContext;
  readonly configuration: Configuration;
  readonly name: string;
  readonly given: string | undefined;
  readonly options: RelinkOptions;
}

async function relinkIn(lend: LendVault, relinking: Relinking): Promise<Message> {
  const { context, configuration, name, options } = relinking;
  const place = placeOf(name, configuration, "relink");
  const before = referenceOf(name, configuration);
  const reference = await newReference(lend, relinking, before);
  const lines = [name, `  was  ${before ?? "(no reference)"}`, `  ${options.dryRun ? "new" : "now"}  ${reference}`];
  const json = { name, before, reference, file: place.read.file, changed: options.dryRun !== true };
  if (options.dryRun) return message([...lines, "Nothing was changed."], json);
  const { verify = true } = options;
  if (verify) {
    await lend((vault) => read(vault, { context, configuration, name, reference }));
  }
  await change(place.read, place.kind, [edit(name, place.read.content, reference)]);
  return message(lines, { ...json, verified: verify });
}

/** What the name is to stand for: as given, picked or typed. */
async function newReference(
  lend: LendVault,
  { context, configuration, name, given }: Relinking,
  before: string | undefined | null,
): Promise<string> {
  const picked = given === undefined ? await pickOne(lend, { context, configuration, name }) : undefined;
  const [label, below] = referenceQuestion(name, typeof picked === "string" ? undefined : picked);
  // Where no folder was chosen, the reference of now is nearer.
  const begun = below === "" || below.endsWith("://") ? (before ?? below) : below;
  const known = given ?? (typeof picked === "string" ? picked : undefined);
  return askAgain(
    given === undefined ? context.prompter : undefined,
    async () => {
      const typed = (known ?? (await context.prompter?.edit(label, begun)))?.trim();
      if (!typed) throw usage("There is no new reference.", "vaultlink relink --help");
      await checkReference(context, configuration, typed);
      const settled = await settleAmbiguous(context, configuration, typed);
      if (known !== undefined) return settled;
      return completeTyped(context, configuration, { reference: settled, lend });
    },
    isMistyped,
  );
}

/** What a person picks, or where they were when they would rather type. */
async function pickOne(
  lend: LendVault,
  { context, configuration, name }: Pick<Relinking, "context" | "configuration" | "name">,
): Promise<string | NotPicked<"type"> | undefined> {
  if (context.prompter === undefined || configuration.connections.size === 0) return undefined;
  const others = [{ label: "Type a reference", value: "type" }] as const;
  return pick<"type">(context, configuration, { subject: `${name}: `, others, lend });
}

interface Reading {
  readonly context: CliContext;
  readonly configuration: Configuration;
  readonly name: string;
  readonly reference: string;
}

/** Has core read the new secret; where that needs a person who is there, asks and reads again. */
async function read(vault: VaultAccess, { context, configuration, name, reference }: Reading): Promise<void> {
  const options = { signal: context.signal };
  try {
    await vault.relink(name, reference, options).catch(async (error: unknown) => {
      const { connection } = isSecretError(error) && error.code === "unauthenticated" ? error.details : {};
      if (context.prompter === undefined || connection === undefined) throw error;
      await signIn(context, vault, connection);
      await vault.relink(name, reference, options);
    });
  } catch (error) {
    throw explainTrust(error, reference, configuration);
  }
}

/** A link in its long form keeps its settings. */
function edit(name: string, { links = {} }: ProjectContent, reference: string): Change {
  const definition = links[name] ?? null;
  const isRecord = record(definition) === definition;
  return { keys: isRecord ? ["links", name, "reference"] : ["links", name], value: reference };
}
