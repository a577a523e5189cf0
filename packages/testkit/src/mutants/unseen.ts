import { execFileSync, spawn, spawnSync } from "node:child_process";
import { connect } from "node:net";
import { isSecretError, SecretError, type Session } from "@vaultlink/core/provider";
import { batching, type Difference, listing, type Mutant, mutantsOf, reading, without } from "./mutant.ts";
import { plugin } from "./plugin.ts";

const CANARY = "vlcanary-of-the-kit";
const TOKEN = "vlcanary-of-the-kit.and-what-makes-it-long";
const SECRET = Symbol.for("vlkit.token");
const canary: NonNullable<Difference["subject"]> = ({ canaries }) => ({ canaries: [...canaries, CANARY] });
const withToken: NonNullable<Difference["subject"]> = ({ env, canaries }) => ({
  env: { ...env, VLKIT_TOKEN: TOKEN },
  canaries: [...canaries, TOKEN],
});
let started = 0;

/** The same refusal, with what was asked for in its message. */
const quoting =
  (what: string) =>
  (thrown: unknown): never => {
    if (!isSecretError(thrown)) throw thrown;
    throw new SecretError(thrown.code, `Nothing at ${what}.`, thrown.details);
  };

/** A read that starts a program, a few times: starting one takes a while. */
const starting = (start: () => unknown): Pick<Difference, "session" | "end"> => ({
  session: reading(async (read, ...given) => {
    if (started++ < 2) await start();
    return read(...given);
  }),
  end: () => (started = 0),
});

/** What a case sees only if it looks in the right place at the right time. */
export const unseenMutants: readonly Mutant[] = mutantsOf({
  "tells what a batch was asked for": {
    caughtBy: ["errors quote no input"],
    session: batching(async (readMany, locators, context) => {
      const outcomes = await readMany(locators, context);
      return outcomes.map((outcome, index) => {
        if (outcome.status === "fulfilled") return outcome;
        const { code, details } = outcome.reason as SecretError;
        return { ...outcome, reason: new SecretError(code, `Nothing at ${locators[index]?.path}.`, details) };
      });
    }),
  },
  "tells the version of what was asked for": {
    caughtBy: ["errors quote no input"],
    session: ({ version }) =>
      version
        ? { version: (locator, context) => version(locator, context).catch(quoting(locator.path)) }
        : without("version"),
  },
  "tells what a listing was asked for": {
    caughtBy: ["errors quote no input"],
    session: listing(async function* (list, query, context) {
      try {
        yield* list(query, context);
      } catch (thrown) {
        quoting(query.prefix)(thrown);
      }
    }),
  },
  "tells how its token begins": {
    caughtBy: ["no canary in any error"],
    session: reading((read, ...given) => read(...given).catch(quoting(`${TOKEN.slice(0, 12)}…`))),
    subject: withToken,
  },
  "calls itself by how its token ends": {
    caughtBy: ["contains no canary"],
    session: () => ({ identity: `…${TOKEN.slice(-12)}` }),
    subject: withToken,
  },
  "prints a moment later": {
    caughtBy: ["prints nothing"],
    session: reading((read, ...given) => {
      setTimeout(() => process.stderr.write("reading\n"), 20);
      return read(...given);
    }),
  },
  "leaves a rejection unheard a moment later": {
    caughtBy: ["leaves no rejection unheard"],
    session: reading((read, ...given) => {
      setTimeout(() => void Promise.reject(new Error("It failed in the background.")), 20);
      return read(...given);
    }),
  },
  "reports to its author over a socket": {
    caughtBy: ["asks nobody but the vault"],
    session: reading((read, ...given) => {
      connect({ host: "vlkit.invalid", port: 9 })
        .on("error", () => undefined)
        .destroy();
      return read(...given);
    }),
  },
  "lets its program print": {
    caughtBy: ["prints nothing"],
    ...starting(
      () =>
        new Promise((resolve) => {
          spawn(process.execPath, ["--eval", "0"], { stdio: ["ignore", "ignore", "inherit"] }).once("close", resolve);
        }),
    ),
  },
  "lets a program print that it waits for": {
    caughtBy: ["prints nothing"],
    ...starting(() => spawnSync(process.execPath, ["--eval", "0"], { stdio: "inherit" })),
  },
  "waits for a program with a secret in its arguments": {
    caughtBy: ["no secret in a command line"],
    ...starting(() => execFileSync(process.execPath, ["--eval", "0", CANARY])),
    subject: canary,
  },
  "keeps its token under a symbol that everybody can reach": {
    caughtBy: ["leaves the process as it was"],
    session: (): Partial<Session> => {
      Reflect.set(globalThis, SECRET, CANARY);
      return {};
    },
    subject: canary,
    end: () => Reflect.deleteProperty(globalThis, SECRET),
  },
  "reads a variable when its plugin creates it": {
    caughtBy: ["reads no undeclared variable"],
    subject: plugin(({ create }) => ({
      create: (options) => {
        void process.env["VLKIT_ADDRESS"];
        return create(options);
      },
    })),
  },
  "reads a variable to tell which vault it reaches": {
    caughtBy: ["reads no undeclared variable"],
    provider: (provider) => ({
      ...provider,
      where: async () => {
        void process.env["VLKIT_ADDRESS"];
        return { facts: [] };
      },
    }),
  },
  "suggests a value that its options refuse": {
    caughtBy: ["suggests options that it has, and no credential"],
    subject: plugin(({ options: { "~standard": standard } }) => ({
      options: {
        "~standard": {
          ...standard,
          validate: (given) =>
            (given as { readonly vlkit?: unknown }).vlkit === "no such method"
              ? { issues: [{ message: "vlkit: no such method.", path: ["vlkit"] }] }
              : standard.validate(given),
          jsonSchema: {
            ...standard.jsonSchema,
            input: (given) => {
              const { properties, ...schema } = standard.jsonSchema.input(given) as { properties?: object };
              return { ...schema, properties: { ...properties, vlkit: { type: "string", description: "Method." } } };
            },
          },
        },
      },
      suggest: async () => ({ methods: [{ label: "Token", options: { vlkit: "no such method" } }] }),
    })),
  },
});
