import { SecretError } from "@vaultlink/core";
import { change } from "../config/change.ts";
import type { Configuration } from "../config/load.ts";
import { shownFile } from "../config/shown-file.ts";
import { LINK_NAME } from "../config/schema/parts.ts";
import { usage } from "../failure.ts";
import { message, type Message } from "../output/result.ts";
import { askAgain, isMistyped } from "../terminal/ask-again.ts";
import { settleAmbiguous } from "../find/ambiguous.ts";
import { completeTyped } from "../find/pick-field.ts";
import { type NotPicked, pick } from "../find/pick.ts";
import { configure, sharingVault } from "../vault/with-vault.ts";
import type { CliContext } from "../context.ts";
import { fittingName, tellUnusable } from "../env/unusable.ts";
import { type PlaceOptions, placeFor } from "../vault/link-file.ts";
import { checkReference } from "../vault/check-reference.ts";
import { referenceQuestion } from "../find/reference-question.ts";

export interface LinkOptions extends PlaceOptions {
  /** Does not ask whether another name is meant. */
  readonly yes?: boolean;
}

/** Binds a new name. The vault is not asked. */
export async function link(
  context: CliContext,
  wanted: string,
  given: string | undefined,
  options: LinkOptions = {},
): Promise<Message> {
  if (!new RegExp(LINK_NAME, "u").test(wanted)) {
    throw usage(
      "A link's name begins with a letter or _ and holds letters, digits, _ . and -.",
      "vaultlink link --help",
    );
  }
  const configuration = await configure(context);
  const name = await nameFor(context, wanted, options);
  const place = await placeFor(context, configuration, options);
  if (Object.hasOwn(place.read.content.links ?? {}, name)) {
    throw new SecretError("invalid_config", `${name}: This name is linked already.`, {
      hint: `vaultlink relink ${name}`,
    });
  }
  const reference = await newReference(context, configuration, name, given);
  await change(place.read, place.kind, [{ keys: ["links", name], value: reference }]);
  const shadowed = !options.user && configuration.links.get(name)?.origin === "user";
  if (shadowed) context.notice(`${name}: your own link of this name goes before the project's.`);
  tellUnusable(context, configuration, name);
  const what = reference === null ? "has no reference yet" : `stands for ${reference}`;
  return message([`${name} ${what} (${shownFile(context, place.read.file, place.kind)}).`], {
    name,
    reference,
    file: place.read.file,
  });
}

/** What the new name stands for; `null` for nothing yet. */
async function newReference(
  context: CliContext,
  configuration: Configuration,
  name: string,
  given: string | undefined,
): Promise<string | null> {
  if (given?.trim() === "") {
    throw usage("The reference is empty; leave it out to declare the name only.", "vaultlink link --help");
  }
  const picked = given === undefined && context.prompter ? await pickOne(context, configuration, name) : undefined;
  if (typeof picked === "string") return picked;
  if (picked?.value === "declare") return null;
  const ask = (): Promise<string> | undefined => context.prompter?.edit(...referenceQuestion(name, picked, true));
  return askAgain(
    given === undefined ? context.prompter : undefined,
    async () => {
      const reference = (given ?? (await ask()))?.trim() || null;
      if (reference === null) return null;
      await checkReference(context, configuration, reference);
      const settled = await settleAmbiguous(context, configuration, reference);
      if (given !== undefined) return settled;
      return sharingVault(context, configuration, (lend) =>
        completeTyped(context, configuration, { reference: settled, lend }),
      );
    },
    isMistyped,
  );
}

/** What a person picks, or how they would rather go on; `undefined` where there is nothing to pick from. */
async function pickOne(
  context: CliContext,
  configuration: Configuration,
  name: string,
): Promise<string | NotPicked<"type" | "declare"> | undefined> {
  if (configuration.connections.size === 0) return undefined;
  const others = [
    { label: "Type a reference", value: "type" },
    { label: "Only declare the name", value: "declare" },
  ] as const;
  return sharingVault(context, configuration, (lend) =>
    pick<"type" | "declare">(context, configuration, { subject: `${name}: `, others, lend }),
  );
}

/** The name to link: where a variable cannot have the given one, a person may take one that it can have. */
async function nameFor({ prompter }: CliContext, given: string, { yes }: LinkOptions): Promise<string> {
  const fitting = fittingName(given);
  if (fitting === undefined || prompter === undefined || yes === true) return given;
  return prompter.choose(`No environment variable can be called ${given}. Which name?`, [
    { label: fitting, value: fitting },
    { label: given, hint: "run and export then need --only", value: given },
  ]);
}
