import { SecretError } from "@vaultlink/core/provider";
import type { Plugin } from "@vaultlink/core/provider";
import { leaving, type Mutant } from "./mutant.ts";

const created = leaving();
/** A variable of this process that no provider may need. */
const MARK = "VAULTLINK_TESTKIT_MARK";
process.env[MARK] = "set";

/** A plugin that is like the subject's but for one thing. */
function plugin(change: (plugin: Plugin<never>) => Partial<Plugin<never>>): NonNullable<Mutant["subject"]> {
  return ({ plugin: right }) => (right === undefined ? {} : { plugin: { ...right, ...change(right) } });
}

/** What it is before it is opened, what it takes from where, and its plugin. */
export const contractMutants: readonly Mutant[] = [
  { fails: "states its contract", provider: (provider) => ({ ...provider, name: "Memory Vault" }) },
  {
    fails: "creating does nothing",
    provider: (provider) => {
      created.leave();
      return provider;
    },
    end: created.end,
  },
  {
    fails: "opens with `process.env` emptied",
    open: (provider) => async (context) => {
      if (process.env[MARK] === undefined) throw new SecretError("unauthenticated", "No token.", { hint: "x" });
      return provider.open(context);
    },
  },
  {
    fails: "reads no undeclared variable",
    open: (provider) => async (context) => {
      void process.env["UNDECLARED_TOKEN"];
      return provider.open(context);
    },
  },
  {
    fails: "refuses bad options by name, never by value",
    subject: plugin(({ options }) => ({
      options: {
        ...options,
        "~standard": { ...options["~standard"], validate: accept },
      },
    })),
  },
  {
    fails: "draft-2020-12 schema, each property described, secrets `writeOnly`",
    subject: plugin(({ options }) => {
      const standard = options["~standard"];
      const undescribed = { type: "object", properties: { token: { type: "string" } } };
      const jsonSchema = { input: () => undescribed, output: () => undescribed };
      return { options: { ...options, "~standard": { ...standard, jsonSchema } } };
    }),
  },
  {
    fails: "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own",
    subject: plugin(() => ({
      parseIdentifier: (identifier) => {
        throw new Error(`What is this, of ${identifier.length} letters?`);
      },
    })),
  },
];

/** Whatever it is. */
function accept(value: unknown): { readonly value: never } {
  return { value: value as never };
}
