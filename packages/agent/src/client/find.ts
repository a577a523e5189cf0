import { readCookie } from "../cookie.ts";
import { type AgentPlace, checkDirectory } from "../place.ts";
import { AgentGone, type AgentSession, openSession } from "./session.ts";

/** How often an agent that goes away while it is asked is looked for again. */
const TRIES = 5;

/**
 * A session with the user's running agent, or `undefined` where none runs. Throws `invalid_config` for what stands at its
 * place and is not the user's agent: that is never passed over in silence.
 */
export async function findAgent(
  place: AgentPlace,
  options: { readonly handshakeMs?: number | undefined } = {},
): Promise<AgentSession | undefined> {
  for (let left = TRIES; ; left--) {
    if (!checkDirectory(place)) return undefined;
    const cookie = readCookie(place);
    if (cookie === undefined) return undefined;
    try {
      return await openSession(place, cookie, options);
    } catch (error) {
      // One that is ending closes its connections; whoever takes its place answers.
      if (!(error instanceof AgentGone) || left <= 1) throw error;
    }
  }
}
