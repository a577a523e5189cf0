import { isSecretError } from "@vaultlink/core";
import { change, type Change, type Kind } from "../config/change.ts";
import type { ProjectContent } from "../config/content.ts";
import type { Configuration } from "../config/load.ts";
import { PROJECT, USER } from "../config/file-kinds.ts";
import { record } from "../config/merge.ts";
import type { Loaded } from "../config/read.ts";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";
import { askAgain, isMistyped } from "../terminal/ask-again.ts";
import { settleAmbiguous } from "../find/ambiguous.ts";
import { pick } from "../find/pick.ts";
import { expectKnown, referenceOf } from "../vault/resolve.ts";
import { signIn } from "../vault/sign-in.ts";
import { explainTrust } from "../vault/trust.ts";
import type { VaultAccess } from "../vault/access.ts";
import { configure, withVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { checkReference } from "./link.ts";

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
  const place = placeOf(name, configuration);
  const before = referenceOf(name, configuration);
  const picked = given === undefined ? await pickOne(context, configuration, name) : undefined;
  const reference = await askAgain(
    given === undefined ? context.prompter : undefined,
    async () => {
      const typed = (given ?? picked ?? (await context.prompter?.edit(`${name}: reference`, before ?? "")))?.trim();
      if (!typed) throw usage("There is no new reference.", `vaultlink relink ${name} <reference>`);
      await checkReference(context, configuration, typed);
      return settleAmbiguous(context, configuration, typed);
    },
    isMistyped,
  );
  const lines = [name, `  was  ${before ?? "(no reference)"}`, `  ${options.dryRun ? "new" : "now"}  ${reference}`];
  const json = { name, before, reference, file: place.read.file, changed: options.dryRun !== true };
  if (options.dryRun) return message([...lines, "Nothing was changed."], json);
  const { verify = true } = options;
  if (verify) {
    await withVault(context, configuration, (vault) => read(vault, { context, configuration, name, reference }));
  }
  await change(place.read, place.kind, [edit(name, place.read.content, reference)]);
  return message(lines, { ...json, verified: verify });
}

/** What a person picks; `undefined` where they would rather type. */
async function pickOne(context: CliContext, configuration: Configuration, name: string): Promise<string | undefined> {
  if (context.prompter === undefined || configuration.connections.size === 0) return undefined;
  const others = [{ label: "Type a reference", value: "type" }];
  const picked = await pick(context, configuration, { label: `${name}: Which secret?`, others });
  return typeof picked === "string" ? picked : undefined;
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

/** The file a link stands in. Throws `unresolved` for a name that is not linked. */
export function placeOf(
  name: string,
  configuration: Configuration,
): { readonly read: Loaded<ProjectContent>; readonly kind: Kind } {
  const { links, user, project } = configuration;
  expectKnown(name, configuration);
  const link = links.get(name);
  if (link === undefined) throw usage("A link has a name; this is a reference.", "vaultlink list");
  return link.origin === "project" && project !== undefined
    ? { read: project, kind: PROJECT }
    : { read: user, kind: USER };
}

/** A link in its long form keeps its settings. */
function edit(name: string, { links = {} }: ProjectContent, reference: string): Change {
  const definition = links[name] ?? null;
  const isRecord = record(definition) === definition;
  return { keys: isRecord ? ["links", name, "reference"] : ["links", name], value: reference };
}
