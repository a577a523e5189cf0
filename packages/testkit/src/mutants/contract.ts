import { spawn } from "node:child_process";
import { connect } from "node:net";
import { type Prompter, SecretError } from "@vaultlink/core/provider";
import { type Difference, leaving, type Mutant, mutantsOf, reading } from "./mutant.ts";
import { plugin } from "./plugin.ts";

const CANARY = "vlcanary-of-the-kit";
const created = leaving();
const fetched = globalThis.fetch;
let writes = 0;
let state = 0;

/** A person who is asked in another way. */
function asking(change: (prompter: Prompter) => Partial<Prompter>): NonNullable<Difference["open"]> {
  return (provider) => (context) => {
    const { prompter } = context;
    if (prompter === undefined) return provider.open(context);
    return provider.open({ ...context, prompter: { ...prompter, ...change(prompter) } });
  };
}

/** Opens a connection and drops it: what matters is that it was opened. */
function reachOut(): void {
  connect({ port: 9, host: "127.0.0.1" })
    .on("error", () => {})
    .destroy();
}

/** What it is before it is opened, what it takes from where, whom it asks, and its plugin. */
export const contractMutants: readonly Mutant[] = mutantsOf({
  "has a name for people": {
    caughtBy: ["states its contract"],
    provider: (provider) => ({ ...provider, name: "My Vault" }),
  },
  "tells its credential with the vault that it reaches": {
    caughtBy: ["says which vault it reaches without asking it"],
    provider: (provider) => ({ ...provider, where: async () => ({ facts: [{ what: "token", value: CANARY }] }) }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "fails where nothing says which vault it reaches": {
    caughtBy: ["says which vault it reaches without asking it"],
    provider: (provider) => ({ ...provider, where: () => Promise.reject(new Error("No address.")) }),
  },
  "leaves a timer when it is created": {
    caughtBy: ["creating does nothing"],
    provider: (provider) => {
      created.leave();
      return provider;
    },
    end: created.end,
  },
  "connects when it is created": {
    caughtBy: ["creating does nothing"],
    provider: (provider) => {
      reachOut();
      return provider;
    },
  },
  "connects when its plugin creates it": {
    caughtBy: ["creating does nothing"],
    subject: plugin(({ create }) => ({
      create: (options) => {
        reachOut();
        return create(options);
      },
    })),
  },
  "needs a variable of the process": {
    caughtBy: ["opens with `process.env` emptied"],
    open: (provider) => async (context) => {
      if (process.env["PATH"] === undefined) throw new SecretError("unauthenticated", "No token.", { hint: "log in" });
      return provider.open(context);
    },
  },
  "reads a variable that it does not declare": {
    caughtBy: ["reads no undeclared variable"],
    open: (provider) => async (context) => {
      void process.env["VLKIT_UNDECLARED"];
      return provider.open(context);
    },
  },
  "asks for a variable that it does not declare": {
    caughtBy: ["reads no undeclared variable"],
    open: (provider) => async (context) => {
      void context.env["VLKIT_TOKEN"];
      return provider.open(context);
    },
    subject: ({ env }) => ({ env: { ...env, VLKIT_TOKEN: CANARY } }),
  },
  "sets a variable of the process": {
    caughtBy: ["leaves the process as it was"],
    open: (provider) => (context) => {
      process.env["VLKIT_REGION"] = "here";
      return provider.open(context);
    },
  },
  "replaces `fetch` for everybody": {
    caughtBy: ["leaves the process as it was"],
    open: (provider) => (context) => {
      globalThis.fetch = (...given) => fetched(...given);
      return provider.open(context);
    },
    end: () => (globalThis.fetch = fetched),
  },
  "listens to the end of the process": {
    caughtBy: ["leaves the process as it was"],
    open: (provider) => (context) => {
      process.on("exit", nothing);
      return provider.open(context);
    },
    end: () => process.off("exit", nothing),
  },
  "waits for a person who is not there": {
    caughtBy: ["without `prompter`: no prompt, no browser, settles"],
    open: (provider) => (context) => (context.prompter === undefined ? new Promise(() => {}) : provider.open(context)),
  },
  "asks for a secret in the open": {
    caughtBy: ["with it: secrets asked as `secret`"],
    open: asking(({ ask }) => ({ ask: (question) => ask({ ...question, secret: false }) })),
  },
  "takes no for bad credentials": {
    caughtBy: ["declined = `aborted`"],
    open: (provider) => (context) =>
      provider.open(context).catch(() => {
        throw new SecretError("unauthenticated", "No.", { hint: "log in" });
      }),
  },
  "asks until it is told": {
    caughtBy: ["declined = `aborted`"],
    open: asking(({ ask }) => ({ ask: (question) => ask(question).catch(() => ask(question)) })),
  },
  "asks the same twice": {
    caughtBy: ["with it: secrets asked as `secret`"],
    open: asking(({ ask }) => ({ ask: async (question) => (await ask(question), ask(question)) })),
  },
  "asks without saying for what": {
    caughtBy: ["with it: secrets asked as `secret`"],
    open: asking(({ ask }) => ({ ask: (question) => ask({ ...question, label: "" }) })),
  },
  "opens a page that anybody can read": {
    caughtBy: ["URLs are https or loopback"],
    open: (provider) => async (context) => {
      await context.prompter?.open("http://login.example/device");
      return provider.open(context);
    },
  },
  "asks although it has credentials": {
    caughtBy: ["nobody is asked while credentials are there"],
    open: (provider) => async (context) => {
      await context.prompter?.ask({ label: "Token", secret: true }).catch(() => {});
      return provider.open(context);
    },
  },
  "prints what it does": {
    caughtBy: ["prints nothing"],
    session: reading((read, ...given) => {
      process.stderr.write("reading\n");
      return read(...given);
    }),
  },
  "starts a program with a secret in its arguments": {
    caughtBy: ["no secret in a command line"],
    open: (provider) => (context) => {
      spawn(process.execPath, ["--eval", "0", CANARY], { stdio: "ignore" }).unref();
      return provider.open(context);
    },
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
  },
  "writes to the vault": {
    caughtBy: ["no write reaches the vault"],
    session: reading((read, ...given) => {
      writes++;
      return read(...given);
    }),
    subject: () => ({ writes: () => writes }),
  },
  "has a plugin of another name": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(() => ({ name: "other" })),
  },
  "has a plugin without a title": {
    caughtBy: ["the plugin makes the provider it names"],
    subject: plugin(() => ({ title: "" })),
  },
  "takes every option": {
    caughtBy: ["refuses bad options by name, never by value"],
    subject: plugin(({ options }) => ({
      options: { "~standard": { ...options["~standard"], validate: (value) => ({ value: value as object }) } },
    })),
  },
  "quotes a bad option": {
    caughtBy: ["refuses bad options by name, never by value"],
    subject: plugin(({ options }) => ({
      options: {
        "~standard": {
          ...options["~standard"],
          validate: (value) => ({ issues: [{ message: `Bad option: ${JSON.stringify(value)}` }] }),
        },
      },
    })),
  },
  "describes no option": {
    caughtBy: ["draft-2020-12 schema, each property described, secrets `writeOnly`"],
    subject: plugin(({ options }) => {
      const schema = { type: "object", properties: { token: { type: "string" } } };
      const jsonSchema = { input: () => schema, output: () => schema };
      return { options: { "~standard": { ...options["~standard"], jsonSchema } } };
    }),
  },
  "throws at foreign identifiers": {
    caughtBy: ["`parseIdentifier` never throws on 10,000 generated strings and round-trips its own"],
    subject: plugin(() => ({
      parseIdentifier: (identifier) => {
        throw new Error(`What is this, of ${identifier.length} letters?`);
      },
    })),
  },
  "claims every identifier": {
    caughtBy: ["`parseIdentifier` never throws on 10,000 generated strings and round-trips its own"],
    subject: plugin(() => ({ parseIdentifier: (identifier) => ({ locator: { path: identifier, query: {} } }) })),
  },
  "says something else the second time": {
    caughtBy: ["`parseIdentifier` never throws on 10,000 generated strings and round-trips its own"],
    subject: plugin(({ parseIdentifier }) => ({
      parseIdentifier: (identifier) =>
        ++state % 2 === 0 ? { locator: { path: "x", query: {} } } : parseIdentifier?.(identifier),
    })),
  },
});

function nothing(): void {}
