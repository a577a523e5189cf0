import { inspect } from "node:util";
import type { Provider, SuggestedMethod, SuggestedSetting } from "@vaultlink/core/provider";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { reachingOut } from "../kit/effects.ts";
import { check, fail, isOwn, isRecord, same } from "../kit/expect.ts";
import { generated, long, returns } from "../kit/identifiers.ts";
import { checkFaces } from "../kit/plugin-faces.ts";
import { frozen, nested, properties, schemaOf, steps, validated } from "../kit/plugin-options.ts";
import { checkProvider } from "../kit/shape.ts";
import { skipped } from "../kit/skipped.ts";
import type { SubjectPlugin } from "../subject.ts";

const define = group("plugin");
const WRONG = "vlcanary-of-the-kit";
const SECRET = /(?:token|password|passphrase|passcode|passwd|pwd|secret|secretId|secretAccessKey|apiKey|privateKey)$/i;

/** What configuration, prompts and editors use. */
export const pluginCases: readonly Definition[] = [
  define("the plugin makes the provider it names", ["plugin"], async ({ plugin, ...subject }) => {
    const provider = subject.provider();
    check(
      plugin.specVersion === 1,
      "`specVersion` of the plugin must be 1. Make it with `definePlugin`, which stamps it.",
    );
    check(plugin.name === provider.name, "`name` of the plugin and of the provider it makes must be the same.");
    check(
      typeof plugin.title === "string" && plugin.title.trim() !== "",
      "`title` of the plugin must be what a person calls the vault.",
    );
    checkFaces(plugin, subject.canaries);
    const { options } = subject;
    const given = await plugin.options["~standard"].validate(options ?? {});
    check(given.issues === undefined || options === undefined, "The plugin refuses the `options` of the subject.");
    if (given.issues !== undefined) return;
    const made = created(plugin, given.value);
    checkProvider(made);
    check(made.name === plugin.name, "`create` of the plugin makes a provider of another name.");
    check(
      same(made.envVariables ?? [], provider.envVariables ?? []) || made.envVariables !== undefined,
      "`create` of the plugin makes a provider that declares no variables.",
    );
  }),
  define("refuses bad options by name, never by value", ["plugin"], async (subject) => {
    const { plugin } = subject;
    const wrong = [...properties(plugin)].map(([option, { type }]) => ({
      option,
      options: nested(option, type === "string" ? { [WRONG]: 1 } : WRONG),
    }));
    for (const given of [undefined, null, "text", 7, []]) {
      const { issues } = await validated(plugin, given);
      check(issues !== undefined, `${given === null ? "null" : typeof given} was accepted as options.`);
    }
    const { issues: unknown } = await validated(plugin, Object.freeze({ vlkitUnknown: 1 }));
    check(unknown !== undefined, "An option that does not exist was accepted: a misspelt one would be ignored.");
    for (const { option, options } of [...wrong, ...(subject.badOptions ?? [])]) {
      const { issues } = await validated(plugin, frozen(options));
      if (issues === undefined) return fail(`A wrong value for the option "${option}" was accepted.`);
      check(
        issues.some(({ message, path }) => [message, steps(path)].some((text) => text.includes(option))),
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
  define(
    "draft-2020-12 schema, each property described, secrets `writeOnly`",
    ["plugin"],
    async ({ canaries, plugin }) => {
      const schema = schemaOf(plugin);
      check(
        schema["$schema"] === "https://json-schema.org/draft/2020-12/schema",
        "The options must describe themselves as JSON Schema draft 2020-12.",
      );
      const needed = schema["required"] ?? [];
      const { issues } = await plugin.options["~standard"].validate({});
      check(
        Array.isArray(needed) && needed.length > 0 === (issues !== undefined),
        `The schema ${issues === undefined ? "requires options, and none is needed" : "requires no option, and some are needed"}: ` +
          "editors and prompts go by the schema.",
      );
      for (const [name, property] of properties(plugin)) {
        check(
          typeof property["description"] === "string" && property["description"] !== "",
          `The option "${name}" has no description: prompts and editors show it.`,
        );
        if (SECRET.test(name.slice(name.lastIndexOf(".") + 1))) {
          check(property["writeOnly"] === true, `The option "${name}" sounds like a secret and is not \`writeOnly\`.`);
        }
        if (!("default" in property)) continue;
        const { issues: refusals = [] } = await validated(plugin, nested(name, property["default"]));
        check(
          !refusals.some(({ path }) => steps(path) === name),
          `The schema says that "${name}" has a default, which the options refuse.`,
        );
      }
      check(
        leaks(JSON.stringify(schema), canaries).length === 0,
        "The schema of the options holds a secret: it is written into editors' files.",
      );
    },
  ),
  define(
    "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own",
    ["plugin"],
    async (subject) => {
      const { plugin, identifiers } = subject;
      checkProviders(subject.provider());
      if (plugin.parseIdentifier === undefined) return skipped("The plugin recognises no identifiers.");
      const own = (identifiers ?? []).map(({ identifier }) => identifier);
      for (const text of long(own)) {
        check(
          returns(() => plugin.parseIdentifier?.(text)),
          `\`parseIdentifier\` looks at a string of ${text.length} characters for ever. Its pattern backtracks: no repeated ` +
            "group inside a repeated one.",
        );
      }
      for (const text of generated(10_000)) {
        try {
          const once = plugin.parseIdentifier(text);
          check(
            same(once, plugin.parseIdentifier(text)),
            "`parseIdentifier` said something else when it was asked again.",
          );
          check(
            once === undefined || (typeof once.locator.path === "string" && isRecord(once.locator.query)),
            "`parseIdentifier` gave something without a locator. What is not this vault's identifier is `undefined`.",
          );
        } catch (thrown) {
          if (isOwn(thrown)) throw thrown;
          return fail("`parseIdentifier` threw. What is not this vault's identifier is `undefined`.");
        }
      }
      for (const text of ["", " ", "db", "prod/db", "a b c", "password", "https://", "://", "x://y"]) {
        check(
          plugin.parseIdentifier(text) === undefined,
          "`parseIdentifier` claims what could be anybody's. Claim only what is certain.",
        );
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
  define("suggests options that it has, and no credential", ["plugin"], async ({ canaries, env = {}, plugin }) => {
    const { suggest } = plugin;
    if (suggest === undefined) return skipped("The plugin suggests nothing.");
    const known = new Set(
      [...properties(plugin)].flatMap(([path, { writeOnly }]) => (writeOnly === true ? [] : [path])),
    );
    for (const given of [{}, env]) {
      const asked = {
        env: Object.freeze({ ...given }),
        options: Object.freeze({}),
        signal: new AbortController().signal,
      };
      let suggesting: ReturnType<typeof suggest> = Promise.resolve({});
      const did = await reachingOut(() => {
        suggesting = (async () => suggest(asked))();
        suggesting.catch(() => undefined);
      });
      const { settings = [], methods = [] } = await suggesting.catch(() =>
        fail("`suggest` of the plugin threw. What it cannot look at is not found."),
      );
      check(did.length === 0, `\`suggest\` of the plugin ${did.join(" and ")}. It looks at variables and files only.`);
      const all = [...settings, ...methods.flatMap((method) => method.settings ?? [])];
      const named = [
        ...all.map(({ option }) => option),
        ...methods.flatMap(({ options }) => Object.keys(options ?? {})),
      ];
      check(
        named.every((path) => known.has(path)),
        "`suggest` of the plugin names an option that its schema lacks, or that is a credential.",
      );
      check(
        leaks(inspect({ settings, methods }, { depth: 8 }), canaries).length === 0,
        "`suggest` of the plugin tells a credential.",
      );
      const kinds = new Map(properties(plugin));
      for (const [path, value] of suggestedValues(settings, methods)) {
        // What is no text is made of one by whoever asks for it.
        if (kinds.get(path)?.["type"] !== "string") continue;
        const { issues = [] } = await validated(plugin, nested(path, value));
        check(
          !issues.some((issue) => steps(issue.path) === path),
          `\`suggest\` of the plugin gives the option "${path}" a value that the options refuse.`,
        );
      }
    }
    return undefined;
  }),
];

/** What `suggest` gives options, by path. */
function* suggestedValues(
  settings: readonly SuggestedSetting[],
  methods: readonly SuggestedMethod[],
): Generator<readonly [path: string, value: string]> {
  for (const { options = {}, settings: more = [] } of methods) {
    yield* Object.entries(options);
    for (const { option, value } of more) if (value !== undefined) yield [option, value];
  }
  for (const { option, value } of settings) if (value !== undefined) yield [option, value];
}

/** What a plugin makes of options that it may not change. */
function created(plugin: SubjectPlugin, options: object): Provider {
  try {
    return plugin.create(Object.freeze({ ...options }));
  } catch {
    return fail(
      "`create` failed with options that were validated and are frozen. Leave the caller's options as they are.",
    );
  }
}

/** A provider reads identifiers too, where it was made without its plugin. */
function checkProviders(provider: Provider): void {
  if (provider.parseIdentifier === undefined) return;
  for (const text of generated(1000)) {
    try {
      const parsed = provider.parseIdentifier(text);
      check(
        parsed === undefined || typeof parsed.locator.path === "string",
        "`parseIdentifier` of the provider gave something without a locator.",
      );
    } catch (thrown) {
      if (isOwn(thrown)) throw thrown;
      fail("`parseIdentifier` of the provider threw. What is not this vault's identifier is `undefined`.");
    }
  }
}
