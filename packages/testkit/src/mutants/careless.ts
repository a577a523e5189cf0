import fs from "node:fs";
import { EventEmitter } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "node:http";
import { type Difference, type Mutant, mutantsOf, reading, aboutVersions } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";
const { stackTraceLimit } = Error;
const { defaultMaxListeners } = EventEmitter;
const timers: NodeJS.Timeout[] = [];
const folders: string[] = [];

/** What a read does besides. */
const alsoReading = (also: () => unknown): NonNullable<Difference["session"]> =>
  reading(async (read, ...given) => {
    await also();
    return read(...given);
  });

/** A session whose `readMany` and `list` do something besides, but not its `read`. */
const alsoElsewhere =
  (also: () => unknown): NonNullable<Difference["session"]> =>
  ({ readMany, list }) => ({
    ...(readMany && { readMany: async (...given) => (await also(), readMany(...given)) }),
    ...(list && {
      async *list(...given) {
        await also();
        yield* list(...given);
      },
    }),
  });

/** What it does to the machine and to the process, where nobody looks. */
export const carelessMutants: readonly Mutant[] = mutantsOf({
  "reads an undeclared variable in a batch only": {
    caughtBy: ["reads no undeclared variable"],
    session: alsoElsewhere(() => void process.env["VLKIT_REGION"]),
  },
  "takes a token from what programs are given": {
    caughtBy: ["reads no undeclared variable"],
    open: (provider) => (context) => {
      void context.programEnv?.["VLKIT_TOKEN"];
      return provider.open(context);
    },
    subject: ({ env }) => ({ env: { ...env, VLKIT_TOKEN: CANARY } }),
  },
  "leaves a rejection unheard in a batch only": {
    caughtBy: ["leaves no rejection unheard"],
    session: alsoElsewhere(() => void Promise.reject(new Error("It failed in the background."))),
  },
  "prints past the streams": {
    caughtBy: ["prints nothing"],
    session: alsoReading(() => fs.writeSync(2, "reading\n")),
  },
  "keeps a secret in a file of its own": {
    caughtBy: ["no secret in a temporary file"],
    session: alsoReading(() => {
      folders.push(fs.mkdtempSync(join(tmpdir(), "vlkit-")));
      fs.writeFileSync(join(folders.at(-1) ?? "", "cache.json"), JSON.stringify({ token: CANARY }));
    }),
    subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
    end: () => folders.splice(0).forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })),
  },
  "reports to its author": {
    caughtBy: ["asks nobody but the vault"],
    session: alsoReading(
      () =>
        new Promise<void>((resolve) => {
          const report = request("http://vlkit.invalid/");
          report.once("error", () => resolve()).end();
        }),
    ),
  },
  "shortens the stacks of everybody": {
    caughtBy: ["leaves the process as it was"],
    session: alsoReading(() => (Error.stackTraceLimit = 3)),
    end: () => (Error.stackTraceLimit = stackTraceLimit),
  },
  "allows everybody more listeners": {
    caughtBy: ["leaves the process as it was"],
    session: alsoReading(() => (EventEmitter.defaultMaxListeners = 7)),
    end: () => (EventEmitter.defaultMaxListeners = defaultMaxListeners),
  },
  "adds to every text": {
    caughtBy: ["leaves the process as it was"],
    session: alsoReading(() => Reflect.set(String.prototype, "vlkit", () => "")),
    end: () => Reflect.deleteProperty(String.prototype, "vlkit"),
  },
  "looks at the vault in the background": {
    caughtBy: ["`close` leaves no handle"],
    session: () => {
      timers.push(setInterval(() => undefined, 60_000).unref());
      return {};
    },
    end: () => timers.splice(0).forEach((timer) => clearInterval(timer)),
  },
  "changes the locator that it was given": {
    caughtBy: ["reads what exists"],
    session: reading((read, locator, context) => {
      (locator as { path: string }).path = locator.path.normalize("NFC");
      return read(locator, context);
    }),
  },
  "changes the qualifiers that it was given": {
    caughtBy: ["reads a pinned version"],
    session: aboutVersions((qualifier) =>
      reading((read, locator, context) => {
        const { query } = locator as { query: Record<string, string> };
        const version = query[qualifier];
        delete query[qualifier];
        return read({ path: locator.path, query: version === undefined ? {} : { [qualifier]: version } }, context);
      }),
    ),
  },
  "changes the context that it was given": {
    caughtBy: ["reads what exists"],
    session: reading((read, locator, context) => {
      (context as { deadline?: number }).deadline = 1;
      return read(locator, context);
    }),
  },
});
