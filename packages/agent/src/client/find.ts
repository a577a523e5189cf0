import { readCookie } from "../cookie.ts";
import { type AgentPlace, checkDirectory } from "../place.ts";
import { AgentGone, type AgentSession, openSession } from "./session.ts";

/** How often an agent that goes away while it is asked, or has too many clients just now, is looked for again. */
const TRIES = 8;
/** Before the second try, in ms; before each later one twice as long. */
const PAUSE_MS = 5;

/**
 * A session with the user's running agent, or `undefined` where none runs. Throws `invalid_config` for what stands at its
 * place and is not the user's agent: that is never passed over in silence.
 */
export async function findAgent(
  place: AgentPlace,
  options: { readonly handshakeMs?: number | undefined } = {},
): Promise<AgentSession | undefined> {
  for (let tried = 1; ; tried++) {
    if (!checkDirectory(place)) return undefined;
    const cookie = readCookie(place);
    if (cookie === undefined) return undefined;
    try {
      return await openSession(place, cookie, options);
    } catch (error) {
      // One that is ending closes its connections; whoever takes its place answers.
      if (!(error instanceof AgentGone) || tried >= TRIES) throw error;
      await new Promise((resolve) => void setTimeout(resolve, PAUSE_MS * 2 ** (tried - 1)));
    }
  }
}
