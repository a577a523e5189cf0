import type { Clock } from "../time/clock.ts";
import { withDeadline } from "../async/deadline.ts";
import type { Disconnected } from "../types.ts";
import type { Leases } from "./leases.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./session.ts";

/** What became of the credentials at the vault. */
export type SessionEnd = Pick<Disconnected, "remote" | "expiresAt">;

/** All of it may take this long together, in ms; then the session is gone in any case. Leases go first. */
export const END_MS = 2000;
const LEASES_MS = 1000;

/** Ends a session that was detached: its leases, what we obtained, what we opened. Never rejects. */
export async function endSession(
  live: LiveSession,
  about: Lent & { clock: Clock; leases: Leases; dead: boolean },
): Promise<SessionEnd> {
  const { clock, leases } = about;
  const revoke = live.keepsLeases || about.dead ? undefined : live.session.revoke?.bind(live.session);
  const expiresAt = live.expiresAt === undefined ? {} : { expiresAt: live.expiresAt };
  let said: SessionEnd = { remote: "nothing-to-revoke", ...(revoke && { remote: "not-revoked", ...expiresAt }) };
  const until = clock.monotonicMs() + END_MS;
  // Revoked or closed credentials can't end a lease any more; and a read that was called off may still bring one.
  if (live.session.release !== undefined && !live.keepsLeases) {
    const ended = async (): Promise<void> => {
      await live.drain(clock, LEASES_MS);
      await leases.settled();
    };
    await withDeadline(ended, { clock, ms: LEASES_MS }).catch(() => undefined);
  }
  live.ended = true;
  const inTime = (call: (signal: AbortSignal, deadline: number) => Promise<void>): Promise<void> =>
    withDeadline(call, { clock, ms: until - clock.monotonicMs() });
  try {
    await inTime(async (signal, deadline) => revoke?.({ signal, deadline, ...lentBy(about) }));
    if (revoke !== undefined) said = { remote: "revoked" };
  } catch {
    // Said above: not revoked, and when it expires.
  }
  // Also after a revocation that never ends: nobody else will close it.
  await inTime(() => live.close()).catch(() => undefined);
  return said;
}

/** Of several, the one worth telling first: a credential that may still work, the longest one. */
export function worstOf(remoteEnds: readonly SessionEnd[]): SessionEnd {
  const left = remoteEnds.filter(({ remote }) => remote === "not-revoked");
  if (left.length === 0) {
    return remoteEnds.find(({ remote }) => remote === "revoked") ?? { remote: "nothing-to-revoke" };
  }
  const until = Math.max(...left.map(({ expiresAt = Infinity }) => expiresAt));
  return { remote: "not-revoked", ...(Number.isFinite(until) && { expiresAt: until }) };
}
