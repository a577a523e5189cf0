import type { Clock } from "../clock.ts";
import { race } from "../race.ts";
import type { Disconnected } from "../vault-api.ts";
import { type Lent, lentBy } from "./lent.ts";
import type { LiveSession } from "./live-session.ts";

/** What became of the credentials at the vault. */
export type Farewell = Pick<Disconnected, "remote" | "expiresAt">;

/** All of it may take this long together, in ms; then the session is gone in any case. Leases go first. */
const FAREWELL_MS = 2000;
const LEASES_MS = 1000;

/** Ends a session that was detached: revokes what we obtained, closes what we opened. Never rejects. */
export async function farewell(live: LiveSession, about: Lent & { clock: Clock }): Promise<Farewell> {
  const { clock } = about;
  const revoke = live.spared ? undefined : live.session.revoke?.bind(live.session);
  const expiresAt = live.expiresAt === undefined ? {} : { expiresAt: live.expiresAt };
  let said: Farewell = { remote: "nothing-to-revoke", ...(revoke && { remote: "not-revoked", ...expiresAt }) };
  const until = clock.hr() + FAREWELL_MS;
  // Revoked or closed credentials can't end a lease any more.
  await race(() => live.releasing, { clock, ms: LEASES_MS }).catch(() => undefined);
  const inTime = (call: (signal: AbortSignal) => Promise<void>): Promise<void> =>
    race(call, { clock, ms: until - clock.hr() });
  try {
    await inTime(async (signal) => revoke?.({ signal, ...lentBy(about) }));
    if (revoke !== undefined) said = { remote: "revoked" };
  } catch {
    // Said above: not revoked, and when it expires.
  }
  // Also after a revocation that never ends: nobody else will close it.
  await inTime(() => live.close()).catch(() => undefined);
  return said;
}
