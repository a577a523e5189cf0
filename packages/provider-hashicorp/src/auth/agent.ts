import { lookUp } from "../token-info.ts";
import type { Attempt, Grant } from "./attempt.ts";

const HINT = "look at the agent's log";

/**
 * Sends no token: a local proxy adds its own (auto-auth). https://openbao.org/docs/agent-and-proxy/proxy/apiproxy/
 * The proxy renews that token, and may put another in its place: whose it is, is asked for instead.
 */
export async function useAgent({ api, auth, context }: Attempt): Promise<Grant> {
  api.useToken("");
  const info = auth.lookup === false ? undefined : await lookUp(api, HINT, context.signal);
  return { token: "", hint: HINT, ours: false, proxied: true, info };
}
