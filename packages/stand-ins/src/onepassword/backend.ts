import type { Answer, Backend } from "../kit/backend.ts";
import { plain } from "./answers.ts";
import { type Ask, header, toAsk } from "./ask.ts";
import { login, sessionOf } from "./login.ts";
import { read } from "./reads.ts";
import type { OnePasswordState } from "./state.ts";

/** What the client signs in to and reads from. The status alone decides what the client says of a refusal. */
export function onePasswordBackend(state: OnePasswordState): Backend {
  return {
    describe: (call) => {
      const ask = toAsk(call);
      const { route } = ask;
      return { route, credential: whoAsks(ask, state), write: route === "write" };
    },
    answer: (call) => answer(toAsk(call), state),
    throttled: () => plain(429),
    failure: (_, status) => plain(status),
  };
}

function answer(ask: Ask, state: OnePasswordState): Answer {
  if (ask.route === "write") return plain(500);
  if (ask.route.startsWith("auth.")) return login(ask, state);
  const session = sessionOf(ask, state);
  if (session === undefined || !session.proved || state.revoked.has(session.account.label)) return plain(401);
  countUp(ask, session);
  return read(ask, session, state);
}

/** The client numbers what it sends. Throws if the number did not grow: then the stand-in understands it wrongly. */
function countUp({ call }: Ask, session: { count: number }): void {
  const count = Number(header(call, "x-agilebits-mac")?.split("|")[1]);
  if (!(count > session.count)) throw new Error("The client's count did not grow.");
  session.count = count;
}

function whoAsks(ask: Ask, state: OnePasswordState): string {
  if (header(ask.call, "x-agilebits-session-id") === undefined) return "none";
  return sessionOf(ask, state)?.account.label ?? "unknown";
}
