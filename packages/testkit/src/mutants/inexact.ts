import { isSecretError, SecretError, type Session, type SecretDocument } from "@vaultlink/core/provider";
import { bound } from "../kit/bound.ts";
import { as, instead } from "./instead.ts";
import { lacksFields, lacksTexts } from "./lacking.ts";
import { type Difference, listing, type Mutant, mutantsOf, reading, aboutVersions, without } from "./mutant.ts";

const ABORTED = [
  "hang: settles within 250 ms after the abort",
  "a hang after `open`: every call settles after the abort",
] as const;
let serial = 0;
let latest: Session["read"] | undefined;

/** A session whose `renew` says something else; none where there was none. */
const renewing = (
  change: (renewed: Awaited<ReturnType<NonNullable<Session["renew"]>>>, session: Session) => unknown,
): NonNullable<Difference["session"]> => {
  return (session) => {
    const { renew } = session;
    return renew ? { renew: async (context) => change(await renew(context), session) as never } : without("renew");
  };
};

/** A session whose documents are others. */
const giving = (change: (document: SecretDocument) => SecretDocument): NonNullable<Difference["session"]> =>
  reading(async (read, ...given) => change(await read(...given)));

function text(document: SecretDocument, change: (held: string) => string): SecretDocument {
  const { value } = document;
  if (value instanceof Uint8Array) return document;
  if (typeof value === "string") return { ...document, value: change(value) };
  const changed = (held: unknown): unknown => (typeof held === "string" ? change(held) : held);
  return { ...document, value: Object.fromEntries(Object.entries(value).map(([name, held]) => [name, changed(held)])) };
}

/** A session that reads another version than the one it was asked for, where that looks like a number. */
const versions = (change: (version: string) => string): NonNullable<Difference["session"]> =>
  aboutVersions((qualifier) =>
    reading((read, { path, query }, context) => {
      const version = query[qualifier];
      return read({ path, query: version === undefined ? query : { ...query, [qualifier]: change(version) } }, context);
    }),
  );

/** Fails with an error that is of another form. */
const failing = (change: (thrown: SecretError) => SecretError): Pick<Difference, "open"> => instead("any", change);

/** What is almost right. */
export const inexactMutants: readonly Mutant[] = mutantsOf({
  "says nothing when it has renewed": { caughtBy: ["`renew` moves the lapse"], session: renewing(() => undefined) },
  "renews for somebody else": {
    caughtBy: ["`renew` moves the lapse"],
    session: renewing(() => ({ expiresAt: Date.now() + 7_200_000, identity: "somebody else" })),
  },
  "forgets whose credentials it renews": {
    caughtBy: ["`renew` moves the lapse"],
    session: renewing(() => ({ expiresAt: Date.now() + 7_200_000 })),
  },
  "is to be renewed when it has expired": {
    caughtBy: ["`renew` moves the lapse"],
    session: renewing((_, { identity }) => ({
      ...{ expiresAt: Date.now() + 3_600_000, renewAt: Date.now() + 7_200_000 },
      ...(identity !== undefined && { identity }),
    })),
  },
  "gives a lease's end in seconds": {
    caughtBy: ["`release` ends the lease"],
    session: giving((document) =>
      document.lease === undefined ? document : { ...document, expiresAt: Math.floor(Date.now() / 1000) + 60 },
    ),
  },
  "gives each answer an id of its own": {
    caughtBy: ["one secret has one `id`"],
    session: giving((document) => ({ ...document, id: `answer ${++serial}` })),
  },
  "tells the time of reading as the version": {
    caughtBy: ["one secret has one `id`"],
    session: giving((document) => ({ ...document, version: `read ${++serial}` })),
  },
  "takes the number that a version begins with": {
    caughtBy: ["a version that does not exist is refused"],
    session: versions((version) => String(Number.parseInt(version, 10) || version)),
  },
  "takes whatever is a number for a version": {
    caughtBy: ["a version that does not exist is refused"],
    session: versions((version) =>
      version !== "" && Number.isInteger(Number(version)) ? String(Number(version)) : version,
    ),
  },
  "takes qualifiers in any case": {
    caughtBy: ["an unknown qualifier is `invalid_reference`"],
    session: ({ read, readMany }) => {
      const lower = (query: Readonly<Record<string, string>>): Record<string, string> =>
        Object.fromEntries(Object.entries(query).map(([name, held]) => [name.toLowerCase(), held]));
      return {
        read: ({ path, query }, context) => read({ path, query: lower(query) }, context),
        ...(readMany && { readMany }),
      };
    },
  },
  "trims names": {
    caughtBy: ["another name is another document"],
    session: reading((read, { path, query }, context) => read({ path: path.trim(), query }, context)),
  },
  "leaves out the mark of UTF-8": {
    caughtBy: ["awkward values are read as they are"],
    session: giving((document) => text(document, (held) => held.replace(/^\uFEFF/, ""))),
  },
  "ends texts at a zero": {
    caughtBy: ["awkward values are read as they are"],
    session: giving((document) => text(document, (held) => held.replace(/\0.*$/s, ""))),
  },
  "cuts texts at 64 KiB": {
    caughtBy: ["awkward values are read as they are"],
    session: giving((document) => text(document, (held) => held.slice(0, 65_536))),
  },
  "takes an empty list of fields for nothing": {
    lacks: lacksTexts,
    caughtBy: ["awkward values are read as they are"],
    session: giving((document) => (document.value === "{}" ? { ...document, value: "" } : document)),
  },
  "loses a field that is called as an object's own": {
    lacks: lacksFields,
    caughtBy: ["awkward values are read as they are"],
    session: giving((document) => {
      const { value } = document;
      if (typeof value === "string" || value instanceof Uint8Array) return document;
      const copy: Record<string, unknown> = {};
      for (const [name, held] of Object.entries(value)) copy[name] = held;
      return { ...document, value: copy };
    }),
  },
  "remembers values for a while": {
    caughtBy: ["a changed document is read as it is now"],
    session: (session) => {
      const known = new Map<string, Promise<SecretDocument>>();
      return {
        read: (locator, context) => {
          const key = JSON.stringify(locator);
          const held = (context.fresh ? undefined : known.get(key)) ?? session.read(locator, context);
          known.set(key, held);
          return held;
        },
      };
    },
  },
  "puts the prefix into an address as it is": {
    caughtBy: ["yields only what begins with the prefix"],
    session: listing((list, { prefix }, context) => list({ prefix: prefix.replace(/[&#].*$/s, "") }, context)),
  },
  "says `unavailable` for a call that was cancelled": {
    caughtBy: [...ABORTED],
    ...instead("aborted", as("unavailable")),
  },
  "gives nothing for a call that was cancelled": {
    caughtBy: ["a hang after `open`: every call settles after the abort"],
    session: reading((read, locator, context) =>
      read(locator, context).catch((thrown: unknown) => {
        if (isSecretError(thrown) && thrown.code === "aborted") return { value: "" };
        throw thrown;
      }),
    ),
  },
  "does not say what mends lapsed credentials": {
    caughtBy: ["credentials that lapse in mid-session are `unauthenticated`, not `denied`"],
    session: ({ read }) => ({
      read: (...given) =>
        read(...given).catch((thrown: unknown) => {
          if (isSecretError(thrown) && thrown.code === "unauthenticated")
            throw new SecretError("unauthenticated", "No.");
          throw thrown;
        }),
    }),
  },
  "does not say how long to wait after `open`": {
    caughtBy: ["a fault after `open` is `unavailable`"],
    session: ({ read }) => ({
      read: (...given) =>
        read(...given).catch((thrown: unknown) => {
          if (isSecretError(thrown) && thrown.code === "throttled") throw new SecretError("throttled", "Later.");
          throw thrown;
        }),
    }),
  },
  "fails in several lines": {
    caughtBy: ["throws only what a provider may throw"],
    ...failing(({ code, details }) => new SecretError(code, "It did not work.\nSorry.", details)),
  },
  "colours its hints": {
    caughtBy: ["throws only what a provider may throw"],
    ...failing(
      ({ code, message, details }) => new SecretError(code, message, { ...details, hint: "\u001b[31mlog in" }),
    ),
  },
  "reads with the credentials of whoever signed in last": {
    caughtBy: ["what another identity read stays theirs"],
    session: (session) => {
      latest = session.read;
      return { read: (...given) => (latest ?? session.read)(...given) };
    },
    end: () => (latest = undefined),
  },
  "reads with the variables of whoever opened it last": {
    caughtBy: ["keeps nothing of one `open` for the next"],
    provider: (provider) => {
      let newest: Session["read"] | undefined;
      return {
        ...provider,
        open: async (context) => {
          const session = await provider.open(context);
          newest = session.read.bind(session);
          return { ...session, read: (...given) => (newest ?? session.read)(...given) };
        },
      };
    },
  },
  "calls itself otherwise once it has read": {
    caughtBy: ["same credentials, same identity, twice"],
    open: (provider) => async (context) => {
      const session = bound(await provider.open(context));
      let reads = 0;
      return {
        ...session,
        get identity() {
          return reads === 0 ? (session.identity ?? "somebody") : "somebody who reads";
        },
        read: (...given) => {
          reads++;
          return session.read(...given);
        },
      };
    },
  },
});
