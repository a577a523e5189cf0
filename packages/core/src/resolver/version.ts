import { withinDeadline } from "../async/deadline.ts";
import { SESSION_GONE, type SessionGone } from "../cache/in-flight.ts";
import { isSecretError, type SecretError } from "../errors/secret-error.ts";
import type { LinkTarget } from "../links.ts";
import type { Clock } from "../time/clock.ts";
import { callVault } from "./call.ts";
import type { ConnectionHandle } from "./connection-handle.ts";
import type { Registry } from "./registry.ts";
import type { ResolveOptions } from "./resolver.ts";

/** What asking for a version needs. */
export interface VersionParts {
  readonly clock: Clock;
  readonly registry: Registry;
}

/**
 * The vault's own id of a document's current version, without its value; `undefined` where it tells none. One
 * attempt: whoever looks again and again does not retry. Rejects with a `SecretError`.
 */
export async function currentVersion(
  { clock, registry }: VersionParts,
  target: LinkTarget,
  call: ResolveOptions,
): Promise<string | undefined> {
  const named = registry.expect(target.connection);
  const wait = withinDeadline(clock, call.deadline - clock.monotonicMs(), call.signal);
  for (let reopened = false; ;) {
    try {
      const work = (handle: ConnectionHandle): Promise<Answer | SessionGone> => ask(handle, target, call);
      const answer = await registry.use(named, { wait, ...(call.env && { env: call.env }) }, work);
      if (answer !== SESSION_GONE) return answer.version;
    } catch (error) {
      // The credentials were refused, so the connection needs a new session; as for reads, once.
      if (!isSecretError(error) || error.code !== "unauthenticated" || reopened) throw error;
      reopened = true;
    }
  }
}

interface Answer {
  readonly version: string | undefined;
}

async function ask(
  { callContext, connection }: ConnectionHandle,
  target: LinkTarget,
  { deadline, signal = new AbortController().signal }: ResolveOptions,
): Promise<Answer | SessionGone> {
  const live = await connection.opened(deadline, signal);
  if (live.session.version === undefined) return { version: undefined };
  live.touch();
  try {
    return await callVault(callContext, {
      ...{ signal, deadline: () => deadline, documents: [target.canonical], fresh: false, onLateResult: () => {} },
      send: async ({ session }, context) => ({ version: await session.version?.(target.locator, context) }),
    });
  } catch (error) {
    if (isSecretError(error) && isUnknown(error)) return { version: undefined };
    throw error;
  }
}

/** The vault keeps no versions of it, or does not show them to this identity, who may be allowed to read it. */
function isUnknown({ code, details }: SecretError): boolean {
  return code === "denied" || (code === "unusable" && details.reason === "versions");
}
