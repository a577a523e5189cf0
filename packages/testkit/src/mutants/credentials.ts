import { type Context, isSecretError, type Provider, SecretError, type Session } from "@vaultlink/core/provider";
import { bound } from "../kit/bound.ts";
import { type Mutant, mutantsOf, reading, without } from "./mutant.ts";

const CANARY = "vlcanary-of-the-kit";
const neverEnding = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const lapsed = (): never => {
  throw new SecretError("denied", "The vault does not let this identity do that.");
};

let openings: AbortSignal | undefined;
let sent = 0;
let revoked = false;

/** What fails for want of credentials fails as a refusal. */
function deniedInstead(thrown: unknown): never {
  if (isSecretError(thrown) && thrown.code === "unauthenticated") return lapsed();
  throw thrown;
}

/** A session that asks whoever helped to open it. */
function asksLater(
  session: Session,
  { prompter }: Context,
  ...names: ReadonlyArray<"read" | "renew">
): Partial<Session> {
  const ask = async (): Promise<void> => void (await prompter?.ask({ label: "Code", secret: true }).catch(() => {}));
  const { read, renew } = session;
  return {
    ...(names.includes("read") && { read: (...given) => ask().then(() => read(...given)) }),
    ...(names.includes("renew") && renew && { renew: (...given) => ask().then(() => renew(...given)) }),
  } satisfies Partial<Session>;
}

/** A provider whose reads hang, and whose `close` waits for them. */
function waiting(provider: Provider): Provider {
  const forEver = new Promise<never>(() => {});
  return {
    ...provider,
    open: async (context) => ({ ...bound(await provider.open(context)), read: () => forEver, close: () => forEver }),
  };
}

/** How it signs in, renews and ends. */
export const credentialMutants: readonly Mutant[] = mutantsOf({
  "joins an `open` to one under way": {
    caughtBy: ["cancelling one `open` leaves the others alone"],
    open: (provider) => async (context) => {
      openings ??= context.signal;
      const first = openings;
      await turn();
      if (first.aborted) throw new SecretError("aborted", "The call was cancelled.");
      openings = undefined;
      return provider.open(context);
    },
    end: () => (openings = undefined),
  },
  "signs in although nobody waits": {
    caughtBy: ["a call that is cancelled already is not made"],
    open: (provider) => (context) => {
      sent++;
      return provider.open({ ...context, signal: neverEnding });
    },
    subject: ({ requests }) => (requests ? { requests: () => requests() + sent } : {}),
    end: () => (sent = 0),
  },
  "signs in with what was refused": {
    caughtBy: ["with it: secrets asked as `secret`"],
    open: (provider) => (context) => {
      const { reauthenticate: _, ...rest } = context;
      return provider.open(rest);
    },
  },
  "asks the person in a read": {
    caughtBy: ["with it: secrets asked as `secret`"],
    session: (session, context) => asksLater(session, context, "read"),
  },
  "gives a lapse that seconds were added to": {
    caughtBy: ["states its contract"],
    session: () => ({ expiresAt: Date.now() + 3600 }),
  },
  "cannot read while it renews": {
    caughtBy: ["`renew` moves the lapse"],
    session: ({ read, renew }) => {
      if (renew === undefined) return {};
      let busy = false;
      return {
        async renew(context) {
          busy = true;
          await turn();
          busy = false;
          return renew(context);
        },
        read: (...given) =>
          busy
            ? Promise.reject(new SecretError("unauthenticated", "There is no token.", { hint: "log in" }))
            : read(...given),
      };
    },
  },
  "renews although nobody waits": {
    caughtBy: ["`renew` moves the lapse"],
    session: ({ renew }) =>
      renew ? { renew: (context) => renew({ ...context, signal: neverEnding }) } : without("renew"),
  },
  "says `denied` when it renews what was ended": {
    caughtBy: ["`revoke` ends the credential at the vault"],
    session: ({ renew }) => (renew ? { renew: (...given) => renew(...given).catch(deniedInstead) } : without("renew")),
  },
  "says `denied` for a batch with lapsed credentials": {
    caughtBy: ["credentials that lapse in mid-session are `unauthenticated`, not `denied`"],
    session: ({ readMany }) =>
      readMany ? { readMany: (...given) => readMany(...given).catch(deniedInstead) } : without("readMany"),
  },
  "says `denied` for a version with lapsed credentials": {
    caughtBy: ["credentials that lapse in mid-session are `unauthenticated`, not `denied`"],
    session: ({ version }) =>
      version ? { version: (...given) => version(...given).catch(deniedInstead) } : without("version"),
  },
  "revokes everybody's credentials": {
    caughtBy: ["`revoke` ends the credential at the vault"],
    session: ({ revoke, read }) =>
      revoke
        ? {
            revoke: async (context) => {
              await revoke(context);
              revoked = true;
            },
            read: (...given) => (revoked ? Promise.reject(new SecretError("unauthenticated", "No.")) : read(...given)),
          }
        : without("revoke"),
    end: () => (revoked = false),
  },
  "gives a lease that nobody can end": {
    caughtBy: ["`release` ends the lease"],
    session: () => ({ release: undefined as never }),
  },
  "does not count the requests of an `open` that failed": {
    caughtBy: ["`requests` counts what reached the vault"],
    open: (provider) => async (context) => {
      sent++;
      const session = await provider.open(context).catch((thrown: SecretError) => {
        const { requests: _, ...details } = thrown.details;
        throw new SecretError(thrown.code, thrown.message, details);
      });
      let told = 1;
      const read: Session["read"] = (...given) => {
        told++;
        return session.read(...given);
      };
      return { ...session, read, requests: () => told };
    },
    subject: ({ requests }) => (requests ? { requests: () => requests() + sent } : {}),
    end: () => (sent = 0),
  },
  "counts the requests of every session": {
    caughtBy: ["`requests` counts what reached the vault"],
    session: ({ read }) => {
      sent = 0;
      return {
        read: (...given) => {
          sent++;
          return read(...given);
        },
        requests: () => sent,
      };
    },
    end: () => (sent = 0),
  },
  "puts its token into addresses": {
    caughtBy: ["no secret in an address"],
    session: reading((read, ...given) => read(...given)),
    subject: ({ canaries }) => ({
      canaries: [...canaries, CANARY],
      addresses: () => [`/v1/secrets/app?token=${CANARY}`],
    }),
  },
  "closes only when every call has ended": {
    caughtBy: ["after an ignored abort `close` still frees everything"],
    subject: ({ provider, broken }) => ({
      broken: (fault) => (fault === "hang" ? waiting(provider()) : broken(fault)),
    }),
  },
});
