import { SecretError } from "@vaultlink/core/provider";
import type { Mutant } from "./mutant.ts";

const CANARY = "vlcanary-leaked";

/** What its session gives, and who it says it is. */
export const sessionMutants: readonly Mutant[] = [
  {
    fails: "reads what exists",
    session: () => ({ read: async () => ({ value: "something else" }) }),
  },
  {
    fails: "returns bytes unchanged",
    session: (session) => ({
      read: async (...given) => {
        const document = await session.read(...given);
        return document.value instanceof Uint8Array ? { ...document, value: new Uint8Array([1]) } : document;
      },
    }),
  },
  {
    fails: "reads a pinned version",
    session: (session) => ({ read: ({ path }, context) => session.read({ path, query: {} }, context) }),
  },
  {
    fails: "says `not_found` for what does not exist",
    session: (session) => ({ read: (...given) => session.read(...given).catch(() => ({ value: "" })) }),
  },
  {
    fails: "`not_found`, `denied` and `unavailable` stay apart",
    session: (session) => ({
      read: (...given) =>
        session.read(...given).catch(() => {
          throw new SecretError("not_found", "Everything is missing.");
        }),
    }),
  },
  {
    fails: "does not mistake an unreachable vault for a missing secret",
    open: (provider) => (context) =>
      provider.open(context).catch(() => {
        throw new SecretError("not_found", "Nothing here.");
      }),
  },
  {
    fails: "`readMany` agrees with `read`, in order, one outcome each",
    session: (session) => ({
      readMany: async (locators, context) => (await session.readMany?.(locators.toReversed(), context)) ?? [],
    }),
  },
  {
    fails: "a failing item leaves its neighbours alone",
    session: (session) => ({
      readMany: async (locators, context) => {
        const outcomes = (await session.readMany?.(locators, context)) ?? [];
        const bad = outcomes.find(({ status }) => status === "rejected");
        return bad === undefined ? outcomes : outcomes.map(() => bad);
      },
    }),
  },
  {
    fails: "exactly `maxBatch` items",
    session: (session) => ({
      readMany: async (locators, context) =>
        (await session.readMany?.(locators.slice(0, (session.maxBatch ?? 2) - 1), context)) ?? [],
    }),
  },
  { fails: "same credentials, same identity, twice", session: () => ({ identity: String(Math.random()) }) },
  { fails: "other credentials, other identity", session: () => ({ identity: "everybody" }) },
  { fails: "contains no canary", session: () => ({ identity: CANARY }) },
  {
    fails: "with it: secrets asked as `secret`",
    open: (provider) => (context) => {
      const { prompter } = context;
      if (prompter === undefined) return provider.open(context);
      const open = { ...prompter, ask: () => prompter.ask({ label: "Token", secret: false }) };
      return provider.open({ ...context, prompter: open });
    },
  },
  {
    fails: "declined = `aborted`",
    open: (provider) => (context) =>
      provider.open(context).catch(() => {
        throw new SecretError("unauthenticated", "No.", { hint: "try again" });
      }),
  },
  {
    fails: "yields metadata only",
    session: () => ({
      async *list() {
        yield { locator: { path: "app/db", query: {} }, value: CANARY } as never;
      },
    }),
  },
  { fails: "`release` ends the lease", session: () => ({ release: async () => {} }) },
  { fails: "`revoke` ends the credential at the vault", session: () => ({ revoke: async () => {} }) },
  { fails: "found credentials offer no `revoke`", session: () => ({ revoke: async () => {} }) },
  { fails: "`renew` moves the lapse", session: () => ({ expiresAt: 2, renew: async () => 1 }) },
];
