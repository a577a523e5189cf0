import type { Plugin } from "@vaultlink/core";
import type { SuggestedMethod, SuggestedSetting, Suggestions } from "@vaultlink/core/provider";
import type { CliContext, TerminalPrompter } from "../../context.ts";
import { usage } from "../../failure.ts";
import { missing } from "../../options/combine.ts";
import type { Field } from "../../options/fields.ts";
import { flagsOf } from "../../options/flags.ts";
import { at, type Options, put } from "../../options/secrets.ts";
import { expectAccepted } from "./expect-accepted.ts";

/** What is known before anybody is asked. */
export interface Leading {
  readonly name: string;
  readonly plugin: Plugin;
  readonly fields: readonly Field[];
  readonly suggestions: Suggestions;
  /** Options as flags and the definition before have them. */
  readonly given: Options;
  /** Whether there was no such connection before: one that there was knows what it needs. */
  readonly isNew: boolean;
  /** Whether a credential was given: then nobody is asked how to sign in. */
  readonly hasSecrets: boolean;
  /** What was answered in an earlier try: proposed again. */
  readonly answers: Answers;
}

/** What a person answered so far. */
export interface Answers {
  readonly texts: Map<string, string>;
  /** Options that are not asked for again: only an answer after theirs was wrong. */
  readonly settled: Set<string>;
  method?: SuggestedMethod | undefined;
}

/** Of a person who was asked nothing yet. */
export const noAnswers = (): Answers => ({ texts: new Map(), settled: new Set() });

/** What a connection is to be made of. */
export interface Led {
  readonly options: Options;
  /** Settings that were found rather than given. */
  readonly kept: readonly SuggestedSetting[];
  /** Credentials that are here go before a question. */
  readonly useFound: boolean;
}

/**
 * Finds, and asks for, what a connection needs: where the vault is, then the way to sign in, then what that needs. Throws
 * `usage`, naming the flags, where nobody can be asked.
 */
export async function lead(context: CliContext, leading: Leading): Promise<Led> {
  const { answers, fields, given, hasSecrets, isNew, suggestions } = leading;
  const { methods = [], settings = [] } = suggestions;
  const found = await settle(context.prompter, settings, { ...leading, options: given, kept: [] });
  const required = missing(fields, found.options).map(toSetting);
  let led = await settle(context.prompter, required, { ...leading, ...found });
  let method = methods.find((one) => isChosen(one, given));
  const isDecided = method !== undefined || methods.some((one) => isTouched(one, given));
  if (!hasSecrets && !isDecided && methods.length > 0 && context.prompter !== undefined) {
    const label = `${leading.name}: How do you sign in?`;
    answers.method ??= await context.prompter.choose(label, methods.map(toChoice));
    ({ method } = answers);
    led = { ...led, options: chosen(method, led.options) };
  }
  if (context.prompter === undefined && isNew && !hasSecrets && !isDecided) {
    method = foundInstead(methods, fields);
    led = { ...led, options: chosen(method, led.options) };
  }
  if (isNew || answers.method !== undefined)
    led = await settle(context.prompter, method?.settings ?? [], { ...leading, ...led });
  // Whatever fails from here on may be any answer's fault.
  answers.settled.clear();
  return { ...led, useFound: answers.method === undefined || answers.method.found !== undefined };
}

const chosen = (method: SuggestedMethod | undefined, before: Options): Options =>
  Object.entries(method?.options ?? {}).reduce((all, [path, value]) => put(all, path.split("."), value), before);

/** The one way to sign in that was found, where the plugin would take another by itself: nobody is here to be asked. */
function foundInstead(methods: readonly SuggestedMethod[], fields: readonly Field[]): SuggestedMethod | undefined {
  const [only, ...others] = methods.filter(({ found }) => found !== undefined);
  const isUsual = Object.entries(only?.options ?? {}).every(([path, value]) =>
    fields.some((field) => field.path.join(".") === path && (field.default ?? value) === value),
  );
  return others.length === 0 && !isUsual ? only : undefined;
}

const toSetting = ({ path, description }: Field): SuggestedSetting => ({ option: path.join("."), label: description });

/** Whether the options choose this way, and whether they say anything about it. */
const isChosen = ({ options = {} }: SuggestedMethod, given: Options): boolean =>
  Object.keys(options).length > 0 &&
  Object.entries(options).every(([path, value]) => at(given, path.split(".")) === value);
const isTouched = ({ options = {}, settings = [] }: SuggestedMethod, given: Options): boolean =>
  [...Object.keys(options), ...settings.map(({ option }) => option)].some(
    (path) => path.includes(".") && at(given, path.split(".")) !== undefined,
  );

const toChoice = (method: SuggestedMethod): { label: string; hint?: string; value: SuggestedMethod } => ({
  ...{ label: method.label, value: method },
  ...(method.found !== undefined && { hint: method.found }),
});

interface Settling extends Pick<Leading, "name" | "plugin" | "fields" | "answers" | "suggestions"> {
  readonly options: Options;
  readonly kept: readonly SuggestedSetting[];
}

/** Takes what was found of these settings, and asks for the others. */
async function settle(
  prompter: TerminalPrompter | undefined,
  settings: readonly SuggestedSetting[],
  { name, plugin, fields, answers, suggestions: { methods = [] }, ...before }: Settling,
): Promise<Pick<Led, "options" | "kept">> {
  let { options } = before;
  const kept = [...before.kept];
  const open = settings.filter(({ option }) => at(options, option.split(".")) === undefined);
  const unknown = open.filter(({ value }) => value === undefined);
  if (unknown.length > 0 && prompter === undefined)
    throw missingFlags(plugin, name, { fields, settings: unknown, methods });
  for (const setting of open) {
    const { option, value, proposal = "" } = setting;
    const field = fields.find(({ path }) => path.join(".") === option);
    const proposed = answers.texts.get(option) ?? proposal;
    let text = value;
    if (text !== undefined) kept.push(setting);
    else if (answers.settled.has(option)) text = proposed;
    else {
      const label = setting.label ?? field?.description ?? option;
      text = (await prompter?.edit(`${name}: ${label}`, proposed))?.trim() ?? "";
      answers.texts.set(option, text);
    }
    const without = options;
    if (text !== "") options = put(options, option.split("."), valueOf(text, field?.type));
    if (value === undefined) await expectAccepted(plugin, { option, without, options });
    answers.settled.add(option);
  }
  return { options, kept };
}

function valueOf(text: string, type: Field["type"] | undefined): unknown {
  if (type === "string[]") return text.split(",").map((one) => one.trim());
  if (type === "boolean") return /^(?:y|yes|true)$/i.test(text);
  return type === "integer" || type === "number" ? Number(text) : text;
}

function missingFlags(
  { name: provider, title }: Plugin,
  name: string,
  about: {
    readonly fields: readonly Field[];
    readonly settings: readonly SuggestedSetting[];
    readonly methods: readonly SuggestedMethod[];
  },
): Error {
  const { fields, settings, methods } = about;
  const flags = flagsOf(fields);
  const wanted = settings.map(({ option: asked, flagOption: option = asked }) => ({
    ...{ option, flag: flags.find(({ field }) => field.path.join(".") === option) },
  }));
  const named = wanted.map(({ option, flag }) => flag?.long ?? option);
  const variables = wanted.flatMap(({ flag }) => flag?.field.envVariables.slice(0, 1) ?? []);
  const instead = variables.length === wanted.length ? `, or ${variables.join(" and ")} in the environment` : "";
  // Whoever set a credential may think that it is enough.
  const [found] = methods.flatMap((method) => method.found ?? []);
  return usage(
    `${title} needs ${named.join(" and ")}${instead}.${found === undefined ? "" : ` Found so far: ${found}.`}`,
    `vaultlink connect ${provider} ${name} ${named.map((flag) => `${flag} …`).join(" ")}`,
  );
}
