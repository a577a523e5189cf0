import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import type { Context, Provider, Session } from "@vaultlink/core/provider";
import { type Difference, type Mutant, mutantsOf, without } from "./mutant.ts";

const neverEnding = new AbortController().signal;
const deaf = (context: Context): Context => ({ ...context, signal: neverEnding });
const opening = (first: () => Promise<void> | void): NonNullable<Difference["open"]> =>
  function (provider: Provider) {
    return async (context) => {
      await first();
      return provider.open(context);
    };
  };
const HANG = "a hang after `open`: every call settles after the abort";

/** How it behaves towards the machine it runs on, and while it ends. */
export const conductMutants: readonly Mutant[] = mutantsOf({
  "reads `.env`": {
    caughtBy: ["reads no file of variables"],
    open: opening(async () => void (await readFile(".env", "utf8").catch(() => ""))),
  },
  "loads `.env.local` into the process": {
    caughtBy: ["reads no file of variables"],
    open: opening(() => {
      try {
        process.loadEnvFile(".env.local");
      } catch {
        // There is none.
      }
    }),
  },
  "starts something whose failure nobody hears": {
    caughtBy: ["leaves no rejection unheard"],
    session: ({ read }) => ({
      read: (locator, context) => {
        void Promise.reject(new Error("It failed in the background."));
        return read(locator, context);
      },
    }),
  },
  "speaks plain HTTP to another machine": {
    caughtBy: ["plain HTTP to another machine is refused"],
    subject: ({ provider }) => ({ insecure: provider }),
  },
  "leaves a program running": {
    caughtBy: ["no program outlives `close`"],
    open: opening(() => {
      spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore", detached: true }).unref();
    }),
  },
  "ignores the abort of a renewal": {
    caughtBy: [HANG],
    session: ({ renew }: Session) => (renew ? { renew: (context) => renew(deaf(context)) } : without("renew")),
  },
  "ignores the abort while it releases a lease": {
    caughtBy: [HANG],
    session: ({ release }: Session) =>
      release ? { release: (lease, context) => release(lease, deaf(context)) } : without("release"),
  },
  "ignores the abort while it revokes": {
    caughtBy: [HANG],
    session: ({ revoke }: Session) => (revoke ? { revoke: (context) => revoke(deaf(context)) } : without("revoke")),
  },
});
