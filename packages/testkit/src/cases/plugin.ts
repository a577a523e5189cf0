import { inspect } from "node:util";
import type { Plugin } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { check, fail, isRecord, same } from "../kit/expect.ts";

const define = group("plugin");
const WRONG = "vlcanary-of-the-kit";

/** What configuration, prompts and editors use. */
export const pluginCases: readonly Definition[] = [
  define("refuses bad options by name, never by value", ["plugin"], async (subject) => {
    const { plugin } = subject;
    const wrong = [...properties(plugin)].map(([option, { type }]) => ({
      option,
      options: { [option]: type === "string" ? { [WRONG]: 1 } : WRONG },
    }));
    for (const { option, options } of [...wrong, ...(subject.badOptions ?? [])]) {
      const { issues } = await plugin.options["~standard"].validate(options);
      if (issues === undefined) return fail(`A wrong value for the option "${option}" was accepted.`);
      check(
        issues.some(({ message, path }) => message.includes(option) || steps(path).includes(option)),
        `The refusal of a wrong value does not name its option "${option}".`,
      );
      const shown = inspect(issues, { depth: 8 });
      check(
        leaks(shown, [...subject.canaries, WRONG]).length === 0,
        `The refusal of the option "${option}" quotes the value, which may be a secret.`,
      );
    }
    return undefined;
  }),
  define("draft-2020-12 schema, each property described, secrets `writeOnly`", ["plugin"], async ({ plugin }) => {
    const schema = schemaOf(plugin);
    check(
      schema["$schema"] === "https://json-schema.org/draft/2020-12/schema",
      "The options must describe themselves as JSON Schema draft 2020-12.",
    );
    for (const [name, property] of properties(plugin)) {
      check(
        typeof property["description"] === "string" && property["description"] !== "",
        `The option "${name}" has no description: prompts and editors show it.`,
      );
      if (/^(?:token|password|passphrase|secret|secretId|clientSecret|secretAccessKey|sessionToken)$/.test(name)) {
        check(property["writeOnly"] === true, `The option "${name}" sounds like a secret and is not \`writeOnly\`.`);
      }
    }
  }),
  define(
    "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own",
    ["plugin"],
    async (subject) => {
      const { plugin, identifiers } = subject;
      if (plugin.parseIdentifier === undefined) return fail("The plugin recognises no identifiers. Say so in `skip`.");
      for (const text of generated(10_000)) {
        try {
          plugin.parseIdentifier(text);
        } catch {
          return fail("`parseIdentifier` threw. What is not this vault's identifier is `undefined`.");
        }
      }
      if (identifiers === undefined || identifiers.length === 0) {
        return fail("The subject lacks `identifiers`: give some, and what must be made of each.");
      }
      for (const [index, { identifier, parsed }] of identifiers.entries()) {
        const made = plugin.parseIdentifier(identifier);
        check(
          made !== undefined && same(JSON.parse(JSON.stringify(made)), JSON.parse(JSON.stringify(parsed))),
          `Identifier ${index} of \`identifiers\` was not understood as the subject says.`,
        );
      }
      return undefined;
    },
  ),
];

type Schema = Readonly<Record<string, unknown>>;

function schemaOf(plugin: Plugin<never>): Schema {
  return plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" });
}

/** Every option, those of groups included, by its own name. */
function* properties(plugin: Plugin<never>): Generator<readonly [string, Schema]> {
  yield* within(schemaOf(plugin));
}

function* within(schema: Schema): Generator<readonly [string, Schema]> {
  const held = schema["properties"];
  if (!isRecord(held)) return;
  for (const [name, property] of Object.entries(held)) if (isRecord(property)) yield [name, property];
}

const PIECES = [
  "arn:aws:secretsmanager:",
  "https://",
  "op://",
  "vault",
  ":",
  "/",
  "#",
  "?",
  "%",
  "é",
  "\0",
  "\ud800",
  "a",
  "1",
];

/** The same strings each time: what failed once fails again. */
function* generated(count: number): Generator<string> {
  let state = 1;
  for (let index = 0; index < count; index++) {
    let text = "";
    for (let length = index % 12; length > 0; length--) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      text += PIECES[state % PIECES.length] ?? "";
    }
    yield text;
  }
}

/** A path of Standard Schema, as an option is written. */
function steps(path: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined): string {
  return (path ?? []).map((step) => String(typeof step === "object" ? step.key : step)).join(".");
}
