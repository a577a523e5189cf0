import { reachingOut } from "../kit/effects.ts";
import { lend } from "../kit/context.ts";
import { type Definition, group } from "../kit/definition.ts";
import { envFilesRead } from "../kit/env-files.ts";
import { check, refused } from "../kit/expect.ts";
import { programsOf, stillRunning } from "../kit/programs.ts";
import { first, withSubject } from "../kit/session.ts";
import { survey } from "../kit/survey.ts";
import { openSession } from "../kit/watch.ts";
import type { Subject } from "../subject.ts";

const define = group("contract");
const defineEnding = group("ending");

/** How a provider behaves towards the machine it runs on. */
export const conductCases: readonly Definition[] = [
  define("reads no file of variables", [], async (subject) => {
    const read = await envFilesRead(() => use(subject));
    check(
      read.length === 0,
      `The provider or its SDK read ${read.join(", ")}. Which variables count is for the caller to say: take them from \`context.env\`.`,
    );
  }),
  define("leaves no rejection unheard", [], async (subject) => {
    const { unheard: count } = await survey(subject);
    check(
      count === 0,
      `${count} promise${count === 1 ? " was" : "s were"} rejected that nobody awaits, which ends the process of whoever uses the provider.`,
    );
  }),
  define("plain HTTP to another machine is refused", ["insecure"], async (subject) => {
    for (const address of INSECURE) {
      let opening: Promise<unknown> = Promise.resolve();
      const did = await reachingOut(() => {
        // Refused where it is made, or where it is opened.
        opening = (async () => {
          const provider = subject.insecure(address);
          return openSession(provider, lend(provider, subject.env));
        })();
        opening.catch(() => undefined);
      });
      await refused(
        opening,
        "invalid_config",
        `\`open\` of \`insecure\` at ${address}`,
        "Plain HTTP shows credentials to everybody on the way: take https, and http on loopback only. What answers at a " +
          "cloud's metadata address is no vault. `parseAddress` refuses both.",
      );
      check(did.length === 0, `Before ${address} was refused, \`open\` ${did.join(" and ")}.`);
    }
  }),
  defineEnding("no program outlives `close`", [], async (subject) => {
    const programs = await programsOf(() => use(subject));
    const left = await stillRunning(programs);
    for (const program of left) program.kill("SIGKILL");
    check(
      left.length === 0,
      `${left.length} of the programs that were started still ${left.length === 1 ? "runs" : "run"} after \`close\`. End them there, those that nobody waits for included.`,
    );
  }),
];

/** Other machines over plain HTTP, some of which look like this one, and the metadata service of a cloud. */
const INSECURE = [
  "http://vault.example",
  "http://localhost.vault.example",
  "http://127.0.0.1.vault.example",
  "http://vault.example/localhost",
  "HTTP://vault.example",
  "http://169.254.169.254",
] as const;

const use = (subject: Subject): Promise<void> =>
  withSubject(subject, async ({ session, context }) => {
    await session.read(first(subject).locator, context());
  });
