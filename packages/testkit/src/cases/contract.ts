import { inspect } from "node:util";
import { leaks } from "../canaries.ts";
import { type Definition, group } from "../kit/definition.ts";
import { lend } from "../kit/context.ts";
import { currentCase } from "../kit/current-case.ts";
import { reachingOut } from "../kit/effects.ts";
import { askedFor, covers, IGNORED, withEnvironment } from "../kit/environment.ts";
import { answered, check, fail, refused, same } from "../kit/expect.ts";
import { runFresh } from "../kit/fresh.ts";
import { grown, handles } from "../kit/handles.ts";
import { lastingChanges, newGlobals } from "../kit/process-state.ts";
import { closing, first, openAndRead, withSession, withSubject } from "../kit/session.ts";
import { checkProvider, checkSession } from "../kit/shape.ts";
import { skipped } from "../kit/skipped.ts";
import { survey } from "../kit/survey.ts";
import { openSession, unwatched } from "../kit/watch.ts";
import type { Subject } from "../subject.ts";

const define = group("contract");
const TIMES = 4;

/** What a provider is, before anything is read. */
export const contractCases: readonly Definition[] = [
  define("states its contract", [], async (subject) => {
    checkProvider(subject.provider());
    await withSubject(subject, async ({ session }) => checkSession(unwatched(session)));
  }),
  define("creating does nothing", [], async (subject) => {
    const before = handles();
    const requests = subject.requests?.();
    const touched = await reachingOut(() => {
      // Several times: a timer of somebody else's that ends meanwhile must not hide what is left.
      for (let time = 0; time < TIMES; time++) {
        subject.provider();
        createFromPlugin(subject);
      }
    });
    const more = grown(before);
    const sent = subject.requests?.() === requests ? [] : ["sent a request"];
    const done = [...(more.length > 0 ? [`left ${more.join(", ")} behind`] : sent), ...touched];
    check(
      done.length === 0,
      `Creating a provider ${done.join(", ")}. ` +
        "Creating one is free of effects; `open` is the only place for I/O, SDK and credentials.",
    );
  }),
  define("says which vault it reaches without asking it", [], async (subject) => {
    const { canaries, env = {} } = subject;
    const provider = subject.provider();
    if (provider.where === undefined) return skipped("The provider does not say which vault it reaches.");
    const requests = subject.requests?.();
    for (const given of [{}, env]) {
      const { env: lent } = lend(provider, given);
      const told = await provider
        .where({ env: lent, signal: new AbortController().signal })
        .catch(() => fail("`where` threw. What nothing says is left out."));
      check(
        told.facts.every(({ what, value }) => typeof what === "string" && typeof value === "string"),
        "`where` gave a fact that lacks `what` or `value`.",
      );
      check(
        told.address === undefined || /^https?:$/.test(URL.parse(told.address)?.protocol ?? ""),
        "`address` of `where` is no address. It is where requests go, http or https, or absent.",
      );
      const { address } = subject;
      check(
        told.address === undefined || address === undefined || isAt(told.address, address),
        "`where` tells another address than the subject's `address`: people look there for what the connection asks.",
      );
      check(leaks(inspect(told, { depth: 4 }), canaries).length === 0, "`where` tells a credential.");
    }
    check(subject.requests?.() === requests, "`where` asked the vault. It is shown before anybody signs in.");
    return undefined;
  }),
  define("neither importing nor creating loads the SDK", ["fresh"], async ({ fresh, canaries }) => {
    const { loaded, error } = await runFresh(fresh, "create", canaries);
    check(error === undefined, `The module of \`fresh\` could not be used in a process of its own: ${error ?? ""}`);
    check(
      loaded.length === 0,
      `Creating a provider loaded ${loaded.join(", ")}. Load the SDK inside \`open\` with \`await import(…)\`: ` +
        "a value from the cache must not cost it.",
    );
  }),
  define("neither importing nor creating reaches out", ["fresh"], async ({ fresh, canaries }) => {
    const { touched, error } = await runFresh(fresh, "create", canaries);
    check(error === undefined, `The module of \`fresh\` could not be used in a process of its own: ${error ?? ""}`);
    check(
      touched.length === 0,
      `${touched.join(", ")}. Whoever imports the package may only want its types or its options: do it in \`open\`.`,
    );
  }),
  define("opens with `process.env` emptied", [], async (subject) => {
    const kept = Object.keys(process.env).filter((name) => covers(Object.keys(IGNORED), name));
    const shown = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
    await withEnvironment(shown, async () => {
      await answered(
        openAndRead(subject.provider(), subject.env, first(subject).locator),
        "`open` and `read` with an empty `process.env`, the credentials being in `context.env`,",
      );
    });
  }),
  define("reads no undeclared variable", [], async (subject) => {
    const provider = subject.provider();
    const programEnv = askedFor(subject.env);
    const use = await withEnvironment({ ...process.env }, async () => {
      createFromPlugin(subject);
      await provider.where?.(lend(provider, subject.env)).catch(() => {});
      await openAndRead(provider, subject.env, first(subject).locator, { programEnv: programEnv.shown }).catch(
        () => {},
      );
    });
    const allowed = [...(provider.envVariables ?? []), ...Object.keys(IGNORED), ...reasoned(subject)];
    const { variables } = await survey(subject);
    const undeclared = [...new Set([...use.names, ...variables])].filter((name) => !covers(allowed, name));
    check(
      undeclared.length === 0 && !(use.listed && !allowed.includes("*")),
      `The provider or its SDK read ${undeclared.length > 0 ? undeclared.join(", ") : "the whole environment"} from \`process.env\`. ` +
        "Take variables from `context.env` and declare them in `envVariables`; what decides neither who asks nor whom goes, " +
        "with its reason, into the subject's `ignoredEnv`.",
    );
    const taken = programEnv.names().filter((name) => !covers(provider.envVariables ?? [], name));
    check(
      taken.length === 0,
      `The provider took ${taken.join(", ")} from \`context.programEnv\`, which is for programs that it starts: hand it on whole. ` +
        "Declare in `envVariables` what you read, and take it from `context.env`.",
    );
    const asked = [...(currentCase()?.undeclared ?? [])];
    check(
      asked.length === 0,
      `The provider asked \`context.env\` for ${asked.join(", ")}, which \`envVariables\` does not name: core never lends it.`,
    );
  }),
  define("leaves the process as it was", [], async (subject) => {
    // What is loaded once may set up something once, e.g. a listener for the end of the process.
    await withSubject(subject, async () => {});
    const changes = new Set([...(await survey(subject)).changes, ...lastingChanges()]);
    check(
      changes.size === 0,
      `The provider or its SDK changed ${[...changes].join(", ")}. The process is the application's: give what an SDK needs ` +
        "to its client, and take back what cannot be avoided.",
    );
    check(
      newGlobals().every((text) => leaks(text, subject.canaries).length === 0),
      "A secret is kept in `globalThis`, where all code of the process can reach it. Keep it in the session.",
    );
  }),
  define("keeps nothing of one `open` for the next", [], async (subject) => {
    const provider = subject.provider();
    const { locator, value } = first(subject);
    for (const time of ["first", "second"]) {
      const document = await answered(
        openAndRead(provider, subject.env, locator),
        `The ${time} \`open\` and \`read\` of one provider`,
      );
      check(same(document.value, value), `After the ${time} \`open\` of one provider, \`read\` gave another value.`);
    }
    await followsCredentials(subject);
  }),
  define("the signal of `open` ends with `open`", [], async (subject) => {
    const controller = new AbortController();
    const provider = subject.provider();
    const session = await answered(
      openSession(provider, lend(provider, subject.env, { signal: controller.signal })),
      "`open`",
    );
    controller.abort();
    await closing(session, () =>
      answered(
        session.read(first(subject).locator, lend(provider, subject.env)),
        "`read` after the signal of `open` has aborted; each call is given a signal of its own: it",
      ),
    );
  }),
  define("cancelling one `open` leaves the others alone", [], async (subject) => {
    const provider = subject.provider();
    const controller = new AbortController();
    const cancelled = openSession(provider, lend(provider, subject.env, { signal: controller.signal }));
    cancelled.catch(() => {});
    const other = openSession(provider, lend(provider, subject.env));
    controller.abort();
    const session = await answered(other, "`open` beside one that was cancelled");
    await closing(session, () =>
      answered(session.read(first(subject).locator, lend(provider, subject.env)), "`read` in that session"),
    );
    await cancelled.then(
      (late) => late.close?.(),
      () => {},
    );
  }),
];

/** A provider opened again with the variables of somebody else is somebody else. */
async function followsCredentials(subject: Subject): Promise<void> {
  const { otherEnv } = subject;
  if (otherEnv === undefined) return;
  const identity = async (provider: ReturnType<Subject["provider"]>): Promise<string | undefined> => {
    const session = await openSession(provider, lend(provider, otherEnv));
    return closing(session, async () => session.identity);
  };
  const wanted = await identity(subject.provider()).catch(() => undefined);
  if (wanted === undefined) return;
  const used = subject.provider();
  const { denied } = subject;
  await withSession(used, subject.env, async ({ session, context }) => {
    await session.read(first(subject).locator, context());
    check(
      (await answered(identity(used), "`open` of a provider that is open, with other variables,")) === wanted,
      "A provider that is open, and is opened with the variables of somebody else, kept the first identity. " +
        "Keep nothing outside the session.",
    );
    if (denied === undefined) return;
    await refused(
      session.read(denied, context()),
      "denied",
      "`read` of `denied`, after somebody else has opened the same provider,",
      "Keep nothing outside the session: who signs in last must not lend their credentials to whoever did before.",
    );
  });
}

/** Whether two addresses are one server. */
function isAt(told: string, address: string): boolean {
  const [one, two] = [URL.parse(told), URL.parse(address)];
  return one !== null && one.origin === two?.origin;
}

function createFromPlugin({ plugin, options = {} }: Subject): void {
  const given = plugin?.options["~standard"].validate(options);
  if (given === undefined || given instanceof Promise || given.issues !== undefined) return;
  plugin?.create(given.value);
}

function reasoned(subject: Subject): string[] {
  return Object.entries(subject.ignoredEnv ?? {}).map(([name, reason]) => {
    check(typeof reason === "string" && reason.trim() !== "", `\`ignoredEnv\` gives no reason for ${name}.`);
    return name;
  });
}
