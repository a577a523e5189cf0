import type { Session } from "@vaultlink/core/provider";
import { type Definition, group } from "../kit/definition.ts";
import { timeFault } from "../kit/document.ts";
import { covers, IGNORED, withEnvironment } from "../kit/environment.ts";
import { answered, check, isRecord, kind } from "../kit/expect.ts";
import { runFresh } from "../kit/fresh.ts";
import { grown, handles } from "../kit/handles.ts";
import { first, openAndRead, withSubject } from "../kit/session.ts";
import type { Subject } from "../subject.ts";

const define = group("contract");
const METHODS = ["readMany", "list", "renew", "release", "revoke", "close"] as const;

/** What a provider is, before anything is read. */
export const contractCases: readonly Definition[] = [
  define("states its contract", [], async (subject) => {
    const provider = subject.provider();
    const { specVersion, name, envVariables = [] } = provider;
    check(specVersion === 1, "`specVersion` must be 1. Make the provider with `defineProvider`, which stamps it.");
    check(
      typeof name === "string" && /^[a-z0-9][a-z0-9-]*$/.test(name),
      "`name` must be lower-case letters, digits and dashes.",
    );
    check(
      Array.isArray(envVariables) &&
        envVariables.every((variable) => typeof variable === "string" && /^\w+\*?$/.test(variable)),
      "`envVariables` must list names of environment variables; a final `*` makes a prefix.",
    );
    check(typeof provider.open === "function", "`open` must be a function.");
    await withSubject(subject, async ({ session }) => checkSession(session));
  }),
  define("creating does nothing", [], async (subject) => {
    const before = handles();
    const requests = subject.requests?.();
    subject.provider();
    const more = grown(before);
    check(
      more.length === 0 && subject.requests?.() === requests,
      `Creating a provider ${more.length > 0 ? `left ${more.join(", ")} behind` : "sent a request"}. ` +
        "Creating one is free of effects; `open` is the only place for I/O, SDK and credentials.",
    );
  }),
  define("neither importing nor creating loads the SDK", ["fresh"], async ({ fresh }) => {
    const { loaded, error } = await runFresh(fresh, "create");
    check(error === undefined, `The module of \`fresh\` could not be used in a process of its own: ${error ?? ""}`);
    check(
      loaded.length === 0,
      `Creating a provider loaded ${loaded.join(", ")}. Load the SDK inside \`open\` with \`await import(…)\`: ` +
        "a value from the cache must not cost it.",
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
    const use = await withEnvironment({ ...process.env }, async () => {
      await openAndRead(provider, subject.env, first(subject).locator).catch(() => {});
    });
    const allowed = [...(provider.envVariables ?? []), ...Object.keys(IGNORED), ...reasoned(subject)];
    const undeclared = [...use.names].filter((name) => !covers(allowed, name));
    check(
      undeclared.length === 0 && !(use.listed && !allowed.includes("*")),
      `The provider or its SDK read ${undeclared.length > 0 ? undeclared.join(", ") : "the whole environment"} from \`process.env\`. ` +
        "Take variables from `context.env` and declare them in `envVariables`; what decides neither who asks nor whom goes, " +
        "with its reason, into the subject's `ignoredEnv`.",
    );
  }),
];

function checkSession(session: Session): void {
  const absent = METHODS.filter((member) => session[member] !== undefined && typeof session[member] !== "function");
  check(
    absent.length === 0,
    `${absent.map((member) => `\`${member}\``).join(", ")} must be a function, or not be there at all.`,
  );
  const { identity, roles, expiresAt, maxBatch } = session;
  check(
    identity === undefined || (typeof identity === "string" && identity !== ""),
    `\`identity\` is ${kind(identity)}. It must be a text; leave it out where it is unknown.`,
  );
  check(
    roles === undefined || (Array.isArray(roles) && roles.every((role) => typeof role === "string")),
    `\`roles\` is ${kind(roles)}. It must be a list of texts.`,
  );
  const lapse = expiresAt === undefined ? undefined : timeFault(expiresAt, "`expiresAt`");
  check(lapse === undefined, lapse ?? "");
  check(
    maxBatch === undefined || (Number.isSafeInteger(maxBatch) && maxBatch > 0 && session.readMany !== undefined),
    "`maxBatch` must be a whole number above 0, beside a `readMany`.",
  );
}

function reasoned(subject: Subject): string[] {
  return Object.entries(subject.ignoredEnv ?? {}).map(([name, reason]) => {
    check(isReason(reason), `\`ignoredEnv\` gives no reason for ${name}.`);
    return name;
  });
}

function isReason(reason: unknown): boolean {
  return typeof reason === "string" && reason.trim() !== "" && !isRecord(reason);
}
