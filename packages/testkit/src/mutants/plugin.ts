import { writeFile } from "node:fs/promises";
import { globalAgent } from "node:https";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SubjectPlugin } from "../subject.ts";
import { requiresOptions } from "./lacking.ts";
import { type Difference, type Mutant, mutantsOf } from "./mutant.ts";

const { parse } = JSON;
const CANARY = "vlcanary-of-the-kit";
const STRINGS = "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own";

/** A plugin that is like the subject's but for one thing. */
export function plugin(change: (right: SubjectPlugin) => Partial<SubjectPlugin>): NonNullable<Difference["subject"]> {
  return ({ plugin: right }) => (right === undefined ? {} : { plugin: { ...right, ...change(right) } });
}

/** A plugin whose options describe themselves in another way. */
const describing = (change: (schema: Record<string, unknown>) => object): NonNullable<Difference["subject"]> =>
  plugin(({ options }) => {
    const { jsonSchema, ...rest } = options["~standard"];
    const changed: typeof jsonSchema.input = (given) => ({
      ...jsonSchema.input(given),
      ...change(jsonSchema.input(given)),
    });
    return { options: { "~standard": { ...rest, jsonSchema: { input: changed, output: changed } } } };
  });

/** A plugin whose options are checked in another way. */
const checking = (
  change: (validate: SubjectPlugin["options"]["~standard"]["validate"], given: unknown) => unknown,
): NonNullable<Difference["subject"]> =>
  plugin(({ options }) => {
    const { validate, ...rest } = options["~standard"];
    return { options: { "~standard": { ...rest, validate: (given) => change(validate, given) as never } } };
  });

/** What opening does besides. */
const opening =
  (also: () => unknown): NonNullable<Difference["open"]> =>
  (provider) =>
  async (context) => {
    await also();
    return provider.open(context);
  };

/** Its plugin, and the process that it is part of. */
export const pluginMutants: readonly Mutant[] = mutantsOf({
  "changes the options that it was given": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(({ create }) => ({
      create: (options) => {
        (options as { region?: string }).region ??= "here";
        return create(options);
      },
    })),
  },
  "describes as required what it does not need": {
    lacks: requiresOptions,
    caughtBy: ["draft-2020-12 schema, each property described, secrets `writeOnly`"],
    subject: describing(({ properties }) => ({ required: Object.keys(properties as object).slice(0, 1) })),
  },
  "takes no options for options": {
    lacks: requiresOptions,
    caughtBy: ["refuses bad options by name, never by value"],
    subject: checking((validate, given) => validate(given ?? {})),
  },
  "throws where options are none": {
    caughtBy: ["refuses bad options by name, never by value"],
    subject: checking((validate, given) => {
      if (typeof given !== "object" || given === null) throw new TypeError("Options are an object.");
      return validate(given);
    }),
  },
  "changes the options that it checks": {
    caughtBy: ["refuses bad options by name, never by value"],
    subject: checking((validate, given) => {
      if (typeof given === "object" && given !== null) (given as { checked?: boolean }).checked = true;
      return validate(given);
    }),
  },
  "describes a default that it refuses": {
    caughtBy: ["draft-2020-12 schema, each property described, secrets `writeOnly`"],
    subject: describing(({ properties }) => ({
      properties: Object.fromEntries(
        Object.entries(properties as Readonly<Record<string, object>>).map(([name, held]) => [
          name,
          { ...held, default: { none: 0 } },
        ]),
      ),
    })),
  },
  "describes a secret with its value": {
    caughtBy: ["draft-2020-12 schema, each property described, secrets `writeOnly`"],
    subject: (subject) => ({
      ...describing(() => ({ examples: [{ token: CANARY }] }))(subject),
      canaries: [...subject.canaries, CANARY],
    }),
  },
  "cannot say what an identity is called": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(() => ({
      displayName: (identity) => (/^\w+:\/\/(.*)$/.exec(identity) as RegExpExecArray)[1] ?? "",
    })),
  },
  "calls every identity nothing": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(() => ({ displayName: () => "" })),
  },
  "gives the form of a whole reference": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(({ name }) => ({ pattern: `${name}://<path>` })),
  },
  "asks the vault for what it suggests": {
    caughtBy: ["suggests options that it has, and no credential"],
    subject: plugin(() => ({
      suggest: async () => {
        connect({ port: 9, host: "127.0.0.1" })
          .on("error", () => {})
          .destroy();
        return {};
      },
    })),
  },
  "describes an access token as anything else": {
    caughtBy: ["draft-2020-12 schema, each property described, secrets `writeOnly`"],
    subject: describing(({ properties }) => ({
      properties: { ...(properties as object), accessToken: { type: "string", description: "Token." } },
    })),
  },
  "reads some identifiers for minutes": {
    caughtBy: [STRINGS],
    subject: plugin(() => ({
      parseIdentifier: (identifier) =>
        /^(?:(?:a|\w)+)+$/.test(identifier) && identifier.length < 0 ? { locator: { path: "", query: {} } } : undefined,
    })),
  },
  "throws at identifiers, as a provider": {
    caughtBy: [STRINGS],
    provider: (provider) => ({
      ...provider,
      parseIdentifier: (identifier) => ({ locator: { path: new URL(identifier).pathname, query: {} } }),
    }),
  },
  "suggests a credential": {
    caughtBy: ["suggests options that it has, and no credential"],
    subject: plugin(() => ({ suggest: async () => ({ settings: [{ option: "token", value: CANARY }] }) })),
  },
  "throws while it looks around": {
    caughtBy: ["suggests options that it has, and no credential"],
    subject: plugin(() => ({ suggest: () => Promise.reject(new Error("No file.")) })),
  },
  "sets the exit status of the process": {
    caughtBy: ["leaves the process as it was"],
    open: opening(() => (process.exitCode = 3)),
    end: () => (process.exitCode = undefined),
  },
  "adds to every object": {
    caughtBy: ["leaves the process as it was"],
    open: opening(() => Reflect.set(Object.prototype, "vlkit", 1)),
    end: () => Reflect.deleteProperty(Object.prototype, "vlkit"),
  },
  "stops checking certificates for everybody": {
    caughtBy: ["leaves the process as it was"],
    open: opening(() => (globalAgent.options.rejectUnauthorized = false)),
    end: () => Reflect.deleteProperty(globalAgent.options, "rejectUnauthorized"),
  },
  "puts another `JSON.parse` in its place": {
    caughtBy: ["leaves the process as it was"],
    open: opening(() => (JSON.parse = (...given) => parse(...given) as unknown)),
    end: () => (JSON.parse = parse),
  },
  "writes a secret into a temporary file": {
    caughtBy: ["no secret in a temporary file"],
    open: opening(() => writeFile(join(tmpdir(), `vlkit-${process.pid}.json`), JSON.stringify({ token: CANARY }))),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
});
