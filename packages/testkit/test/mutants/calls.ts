import { type Context, isSecretError, type SecretDocument, SecretError, type Session } from "@vaultlink/core/provider";
import { leaving, type Mutant } from "./mutant.ts";

const TOKEN = "vlcanary-memory-token";
const ofHanging = leaving();
const ofClosed = leaving();
const arrived: string[] = [];
let writes = 0;

/** Refuses with another code than the vault's. */
function instead(code: string, other: SecretError): NonNullable<Mutant["open"]> {
  return (provider) => (context) =>
    provider.open(context).catch((thrown: unknown) => {
      throw isSecretError(thrown) && thrown.code === code ? other : thrown;
    });
}

/** The same for a read. */
function reading(
  change: (session: Session, ...given: Parameters<Session["read"]>) => Promise<SecretDocument>,
): NonNullable<Mutant["session"]> {
  return (session) => ({ read: (locator, context) => change(session, locator, context) });
}

const translated = (code: string, other: SecretError): NonNullable<Mutant["session"]> =>
  reading((session, ...given) =>
    session.read(...given).catch((thrown: unknown) => {
      throw isSecretError(thrown) && thrown.code === code ? other : thrown;
    }),
  );

const denied = new SecretError("denied", "No.");
const notFound = new SecretError("not_found", "Nothing here.");
const neverEnding = new AbortController().signal;

/** How it calls, fails, hangs, lists and ends. */
export const callMutants: readonly Mutant[] = [
  {
    fails: "an empty value is a value",
    session: reading(async (session, ...given) => {
      const document = await session.read(...given);
      if (document.value === "") throw notFound;
      return document;
    }),
  },
  {
    fails: "one read is one attempt",
    session: reading(async (session, ...given) => {
      await session.read(...given);
      return session.read(...given);
    }),
  },
  {
    fails: "`requests` counts what reached the vault",
    session: (session) => {
      let answers = 0;
      return {
        requests: () => answers,
        read: async (locator, context) => {
          const document = await session.read(locator, context);
          if (answers === 0) answers++;
          return document;
        },
      };
    },
  },
  {
    fails: "`fresh` is obeyed",
    session: (session) => {
      const known = new Map<string, SecretDocument>();
      return {
        read: async (locator, context) => {
          const document = known.get(locator.path) ?? (await session.read(locator, context));
          known.set(locator.path, document);
          return document;
        },
      };
    },
  },
  { fails: "says `unusable` for what exists and cannot be given", session: translated("unusable", notFound) },
  { fails: "bad credentials are `unauthenticated` with `hint`", open: instead("unauthenticated", denied) },
  {
    fails: "credentials that lapse in mid-session are `unauthenticated`, not `denied`",
    session: translated("unauthenticated", denied),
  },
  {
    fails: "`throttled` carries `retryAfterMs` when the vault says it",
    open: instead("throttled", new SecretError("throttled", "Later.")),
  },
  {
    fails: "an impossible locator is `invalid_reference` without a request",
    session: translated("invalid_reference", notFound),
  },
  {
    fails: "hang: settles within 250 ms after the abort",
    open: (provider) => (context) => provider.open({ ...context, signal: neverEnding }),
  },
  {
    fails: "after an ignored abort `close` still frees everything",
    open: (provider) => (context) => {
      context.signal.addEventListener("abort", ofHanging.leave);
      return provider.open(context);
    },
    end: ofHanging.end,
  },
  {
    fails: "dropped connection, HTML with status 200, empty 500: `unavailable`",
    open: instead("unavailable", notFound),
  },
  {
    fails: "redirect to another origin: no credential arrives there",
    open: (provider) => (context) => {
      arrived.push(`GET / ${TOKEN}`);
      return provider.open(context);
    },
    subject: () => ({ witness: () => arrived }),
  },
  {
    fails: "duplicates and two names of one secret",
    session: (session) => ({
      readMany: async (locators, context) => {
        const outcomes = (await session.readMany?.(locators, context)) ?? [];
        return outcomes.map((outcome, index) =>
          locators.slice(0, index).some(({ path }) => path === locators[index]?.path)
            ? { status: "rejected", reason: notFound }
            : outcome,
        );
      },
    }),
  },
  {
    fails: "a whole-call fault rejects the call",
    session: (session) => ({
      readMany: (locators, context) =>
        (session.readMany?.(locators, context) ?? Promise.resolve([])).catch((reason: unknown) =>
          locators.map(() => ({ status: "rejected" as const, reason })),
        ),
    }),
  },
  {
    fails: "without `prompter`: no prompt, no browser, settles",
    open: (provider) => (context) => (context.prompter === undefined ? new Promise(() => {}) : provider.open(context)),
  },
  { fails: "stops when the caller stops", session: broken((session, spoil) => listing(session, spoil)) },
  { fails: "refused listing leaves `read` working", session: broken((session, spoil) => listing(session, spoil)) },
  {
    fails: "`close` leaves no handle",
    session: () => {
      ofClosed.leave();
      return {};
    },
    end: ofClosed.end,
  },
  {
    fails: "no canary in any error",
    session: translated("not_found", new SecretError("not_found", `Nothing for ${TOKEN}.`)),
  },
  {
    fails: "no `cause`",
    session: translated("not_found", Object.assign(new SecretError("not_found", "No."), { cause: new Error("inner") })),
  },
  {
    fails: "prints nothing",
    session: reading((session, ...given) => {
      process.stderr.write("reading\n");
      return session.read(...given);
    }),
  },
  {
    fails: "no write reaches the vault",
    session: reading((session, ...given) => {
      writes++;
      return session.read(...given);
    }),
    subject: () => ({ writes: () => writes }),
  },
];

/** A session that reads no more once its list was called. */
function broken(list: (session: Session, spoil: () => void) => Partial<Session>): NonNullable<Mutant["session"]> {
  return (session) => {
    const spoilt = { so: false };
    return {
      ...list(session, () => (spoilt.so = true)),
      read: (locator: Parameters<Session["read"]>[0], context: Context) =>
        spoilt.so
          ? Promise.reject(new SecretError("unavailable", "The cursor is gone."))
          : session.read(locator, context),
    };
  };
}

function listing(session: Session, spoil: () => void): Partial<Session> {
  return {
    async *list(query, context) {
      try {
        yield* session.list?.(query, context) ?? [];
      } finally {
        spoil();
      }
    },
  };
}
