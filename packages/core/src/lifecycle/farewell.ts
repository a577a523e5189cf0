import type { Clock } from "../clock.ts";
import { race } from "../race.ts";
import type { Disconnected } from "../vault-api.ts";
import type { Leases } from "./leases.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./live-session.ts";

/** What became of the credentials at the vault. */
export type Farewell = Pick<Disconnected, "remote" | "expiresAt">;

/** All of it may take this long together, in ms; then the session is gone in any case. Leases go first. */
export const FAREWELL_MS = 2000;
const LEASES_MS = 1000;

/** Ends a session that was detached: its leases, what we obtained, what we opened. Never rejects. */
export async function farewell(
  live: LiveSession,
  about: Lent & { clock: Clock; leases: Leases; dead: boolean },
): Promise<Farewell> {
  const { clock, leases } = about;
  const revoke = live.spared || about.dead ? undefined : live.session.revoke?.bind(live.session);
  const expiresAt = live.expiresAt === undefined ? {} : { expiresAt: live.expiresAt };
  let said: Farewell = { remote: "nothing-to-revoke", ...(revoke && { remote: "not-revoked", ...expiresAt }) };
  const until = clock.hr() + FAREWELL_MS;
  // Revoked or closed credentials can't end a lease any more; and a read that was called off may still bring one.
  if (live.session.release !== undefined && !live.spared) {
    const ended = async (): Promise<void> => {
      await live.drain(clock, LEASES_MS);
      await leases.settled();
    };
    await race(ended, { clock, ms: LEASES_MS }).catch(() => undefined);
  }
  live.ended = true;
  const inTime = (call: (signal: AbortSignal, deadline: number) => Promise<void>): Promise<void> =>
    race(call, { clock, ms: until - clock.hr() });
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
export function worstOf(farewells: readonly Farewell[]): Farewell {
  const left = farewells.filter(({ remote }) => remote === "not-revoked");
  if (left.length === 0) {
    return farewells.find(({ remote }) => remote === "revoked") ?? { remote: "nothing-to-revoke" };
  }
  const until = Math.max(...left.map(({ expiresAt = Infinity }) => expiresAt));
  return { remote: "not-revoked", ...(Number.isFinite(until) && { expiresAt: until }) };
}
