import { type Context, SecretError, type Session } from "@vaultlink/core/provider";
import { bound } from "../kit/bound.ts";
import { leaving, type Mutant, mutantsOf, reading, without } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";
const ofHanging = leaving();
const ofClosed = leaving();
const ofFailed = leaving();
const shut = new Set<Session>();
let serial = 0;
let first: Promise<Session> | undefined;
let remembered: Context["env"] | undefined;
const documents = new Map<string, Awaited<ReturnType<Session["read"]>>>();
const withCanary: { subject: (subject: { canaries: readonly string[] }) => { canaries: readonly string[] } } = {
  subject: ({ canaries }) => ({ canaries: [...canaries, CANARY] }),
};

/** Who it is, and how it begins and ends. */
export const sessionMutants: readonly Mutant[] = mutantsOf({
  "misspells a member": {
    caughtBy: ["states its contract"],
    session: ({ readMany }) => (readMany ? ({ readmany: readMany } as never) : ({ Close: async () => {} } as never)),
  },
  "gives the lapse in seconds": {
    caughtBy: ["states its contract"],
    session: () => ({ expiresAt: Math.floor(Date.now() / 1000) + 3600 }),
  },
  "gives the lapse as a duration": { caughtBy: ["states its contract"], session: () => ({ expiresAt: 3_600_000 }) },
  "gives a lapse that has passed": {
    caughtBy: ["states its contract"],
    session: () => ({ expiresAt: Date.now() - 1000 }),
  },
  "is another each time it is opened": {
    caughtBy: ["same credentials, same identity, twice"],
    session: () => ({ identity: `app ${++serial}` }),
  },
  "is the same for everybody": {
    caughtBy: ["other credentials, other identity"],
    session: () => ({ identity: "app" }),
  },
  "calls itself by its token": {
    caughtBy: ["contains no canary"],
    session: () => ({ identity: CANARY }),
    ...withCanary,
  },
  "has a token among its roles": {
    caughtBy: ["contains no canary"],
    session: () => ({ roles: ["reader", CANARY] }),
    ...withCanary,
  },
  "keeps documents for everybody": {
    caughtBy: ["what another identity read stays theirs"],
    session: reading(async (read, locator, context) => {
      const key = JSON.stringify(locator);
      const document = documents.get(key) ?? (await read(locator, context));
      documents.set(key, document);
      return document;
    }),
    end: () => documents.clear(),
  },
  "keeps its first session": {
    caughtBy: ["closing one session leaves another alone"],
    open: (provider) => async (context) => {
      let closed = false;
      first ??= provider.open(context).then(bound);
      const session = await first;
      return {
        ...session,
        read: (...given) =>
          closed || shut.has(session)
            ? Promise.reject(new SecretError("unavailable", "The client is closed."))
            : session.read(...given),
        close: async () => {
          closed = true;
          shut.add(session);
        },
      };
    },
    end: () => (first = undefined),
  },
  "keeps the variables it was opened with": {
    caughtBy: ["keeps nothing of one `open` for the next"],
    provider: (provider) => {
      let env: Context["env"] | undefined;
      return {
        ...provider,
        open: (context) => {
          env ??= { ...context.env };
          return provider.open({ ...context, env });
        },
      };
    },
  },
  "keeps the variables of whoever opened it first": {
    caughtBy: ["other credentials, other identity"],
    provider: (provider) => ({
      ...provider,
      open: (context) => {
        remembered ??= { ...context.env };
        return provider.open({ ...context, env: remembered });
      },
    }),
    end: () => (remembered = undefined),
  },
  "can be opened only once": {
    caughtBy: ["keeps nothing of one `open` for the next"],
    provider: (provider) => {
      let opened = false;
      return {
        ...provider,
        open: async (context) => {
          if (opened) throw new SecretError("invalid_config", "It is open already.");
          opened = true;
          return provider.open(context);
        },
      };
    },
  },
  "uses the signal of `open` for reads": {
    caughtBy: ["the signal of `open` ends with `open`"],
    session: (session, { signal }) => ({ read: (locator, context) => session.read(locator, { ...context, signal }) }),
  },
  "does not renew": {
    caughtBy: ["`renew` moves the lapse"],
    session: ({ renew, expiresAt }) => (renew ? { renew: async () => expiresAt ?? Infinity } : without("renew")),
  },
  "renews for seconds": {
    caughtBy: ["`renew` moves the lapse"],
    session: ({ renew }) =>
      renew
        ? {
            renew: async (context) => {
              await renew(context);
              return Math.floor(Date.now() / 1000) + 3600;
            },
          }
        : without("renew"),
  },
  "brings the lapse nearer": {
    caughtBy: ["`renew` moves the lapse"],
    session: ({ renew }) =>
      renew
        ? {
            expiresAt: Date.now() + 7_200_000,
            renew: async (context) => {
              await renew(context);
              return Date.now() + 3_600_000;
            },
          }
        : without("renew"),
  },
  "does not release": {
    caughtBy: ["`release` ends the lease"],
    session: ({ release }) => (release ? { release: async () => {} } : without("release")),
  },
  "does not revoke": {
    caughtBy: ["`revoke` ends the credential at the vault"],
    session: ({ revoke }) => (revoke ? { revoke: async () => {} } : without("revoke")),
  },
  "revokes what it found": {
    caughtBy: ["found credentials offer no `revoke`"],
    session: () => ({ revoke: async () => {} }),
  },
  "never ends `close`": {
    caughtBy: ["`close` leaves no handle", "states its contract"],
    session: () => ({ close: () => new Promise<void>(() => {}) }),
  },
  "throws in `close`": {
    caughtBy: ["`close` leaves no handle", "states its contract"],
    session: () => ({ close: () => Promise.reject(new Error("boom")) }),
  },
  "leaves a timer after `close`": {
    caughtBy: ["`close` leaves no handle"],
    session: () => {
      ofClosed.leave();
      return {};
    },
    end: ofClosed.end,
  },
  "leaves a timer after an `open` that failed": {
    caughtBy: ["a failed `open` leaves no handle"],
    open: (provider) => (context) =>
      provider.open(context).catch((thrown: unknown) => {
        ofFailed.leave();
        throw thrown;
      }),
    end: ofFailed.end,
  },
  "leaves a timer after a call that was given up": {
    caughtBy: ["after an ignored abort `close` still frees everything"],
    open: (provider) => (context) => {
      context.signal.addEventListener("abort", ofHanging.leave);
      return provider.open(context);
    },
    end: ofHanging.end,
  },
});
