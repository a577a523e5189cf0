import type { Session } from "@vaultlink/core/provider";
import type { Fault } from "../subject.ts";
import { lend } from "./context.ts";
import type { With } from "./definition.ts";
import { answered, check } from "./expect.ts";
import { first, withSubject } from "./session.ts";
import { openSession } from "./watch.ts";

/** What a read in a warm session cost, and what it may; fails the case where something is sent again. */
export async function attempts(
  subject: With<"requests">,
): Promise<{ readonly warm: number; readonly allowed: number }> {
  const { locator } = first(subject);
  const before = subject.requests();
  const healthy = await withSubject(subject, async ({ session, context }) => {
    const opened = subject.requests();
    await answered(session.read(locator, context()), "`read` of `existing[0]`");
    const read = subject.requests();
    await answered(session.read(locator, context()), "`read` of `existing[0]`");
    const warm = subject.requests() - read;
    for (const refusing of [subject.missing, ...(subject.denied ? [subject.denied] : [])]) {
      await session.read(refusing, context()).catch(() => {});
      const known = subject.requests();
      await session.read(refusing, context()).catch(() => {});
      judge("read", subject.requests() - known, subject.requestsPerRefusal ?? Math.max(warm, read - opened));
    }
    return { open: opened - before, read: read - opened, warm };
  });
  for (const fault of ["empty-500", "throttle", "drop"] satisfies Fault[]) await failing(subject, fault, healthy);
  return { warm: healthy.warm, allowed: subject.requestsPerRead ?? 1 };
}

/** A failing step must not cost more requests than the same step in health: more are retries, and core retries. */
async function failing(
  subject: With<"requests">,
  fault: Fault,
  healthy: { readonly open: number; readonly read: number },
): Promise<void> {
  const provider = subject.broken(fault);
  const context = lend(provider, subject.env);
  let before = subject.requests();
  let step: "open" | "read" = "open";
  let session: Session | undefined;
  try {
    session = await openSession(provider, context);
    before = subject.requests();
    step = "read";
    await session.read(first(subject).locator, context);
  } catch {
    // That it fails, and how, is judged by the cases on faults.
  } finally {
    await session?.close?.().catch(() => {});
  }
  judge(step, subject.requests() - before, healthy[step]);
}

/** Fails the case where a failing call cost more than a healthy one. */
export function judge(step: string, made: number, healthy: number): void {
  check(
    made <= healthy,
    `A failing \`${step}\` made ${made} requests, where a healthy one makes ${healthy}: the provider or its SDK ` +
      "retries. Switch the SDK's retries off: core has the one retry layer and the one deadline.",
  );
}
