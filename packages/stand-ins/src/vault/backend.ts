import type { Answer, Backend, Call, Description } from "../kit/backend.ts";
import { toAsk, type Ask } from "./ask.ts";
import { BARE_DENIED, errors, POLICY_DENIED, wrapped } from "./envelope.ts";
import { login, loginPathOf } from "./login.ts";
import { MOUNT_INFO, MOUNT_LIST, mountOf } from "./mount-info.ts";
import { health, refusalOf, sealStatus } from "./node-status.ts";
import { oddPath } from "./odd-path.ts";
import { serveAsker } from "./routes.ts";
import { validate } from "./second-factor.ts";
import type { VaultState } from "./state.ts";
import { isWriting } from "./writing.ts";

/** The vault's front door: node, namespace, token and policy, in the real one's order. */
export function vaultBackend(state: VaultState): Backend {
  return {
    describe: (call) => describe(call, state),
    answer: (call) => answer(call, state),
    throttled: (call) => errors(429, `request path "${toAsk(call, state)?.path ?? ""}": rate limit quota exceeded`),
    failure: (_, status) => errors(status, FAILURES[status] ?? wrapped("internal error")),
  };
}

const FAILURES: Readonly<Record<number, string>> = {
  501: "not initialized",
  502: "upstream request failed",
  503: "upstream unavailable",
  504: "upstream request timed out",
};

function answer(call: Call, state: VaultState): Answer {
  const odd = oddPath(call);
  if (odd) return odd;
  const ask = toAsk(call, state);
  if (!ask) return errors(404);
  if (ask.local === "sys/health") return health(state.settings.mode, state.clock);
  if (ask.local === "sys/seal-status") return sealStatus(state.settings.mode);
  const refusal = refusalOf(state.settings.mode, `${call.path}${call.search}`);
  if (refusal) return refusal;
  if (ask.namespace === undefined) return errors(404, "namespace not found");
  if (isWriting(ask)) return errors(500, "writing calls are refused here");
  if (isLogin(ask)) return login(ask, state);
  if (ask.local === SECOND_FACTOR && ask.verb === "write") return validate(ask, state);
  return authorise(ask, state);
}

/** What a policy must grant for each verb; nothing grants HEAD, so that only root gets past. */
const CAPABILITY = { read: "read", list: "list", write: "update", delete: "delete", none: undefined } as const;

function authorise(ask: Ask, state: VaultState): Answer {
  if (ask.tokenId === undefined) return noToken(ask, state);
  if (!ask.token) return unknownToken(ask, state);
  // Mount information is open to any token, and costs none of its uses; it makes its own test.
  const open = ask.local === MOUNT_LIST || ask.local.startsWith(MOUNT_INFO);
  if (!open) state.tokens.use(ask.token);
  if (!open && !state.policies.allows(ask.token.policies, policyPath(ask), CAPABILITY[ask.verb])) return POLICY_DENIED;
  return serveAsker(ask, ask.token, state);
}

/** The vault's own paths are granted without a namespace; a listing is granted on the folder's slash. */
function policyPath(ask: Ask): string {
  const path = /^(auth\/token|sys)\//.test(ask.local) ? ask.local : ask.path;
  return ask.verb === "list" && !path.endsWith("/") ? `${path}/` : path;
}

function noToken(ask: Ask, state: VaultState): Answer {
  if (ask.local === "sys/wrapping/unwrap" && ask.call.body === "")
    return errors(403, "error validating wrapping token: token is empty");
  return state.settings.missingToken === 400 ? errors(400, "missing client token") : BARE_DENIED;
}

function unknownToken(ask: Ask, state: VaultState): Answer {
  if (ask.local === "sys/wrapping/unwrap") return errors(400, "wrapping token is not valid or does not exist");
  switch (state.settings.unknownToken) {
    case "bare":
      return BARE_DENIED;
    case "invalid-token":
      return errors(403, "2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n");
    case "invalid-token-list":
      return errors(403, "permission denied", "invalid token");
    case "bad-token":
      return errors(403, "bad token");
  }
}

const SECOND_FACTOR = "sys/mfa/validate";

function isLogin(ask: Ask): boolean {
  return /^auth\/.+\/login(\/[^/]+)?$/.test(ask.local);
}

function describe(call: Call, state: VaultState): Description {
  const ask = toAsk(call, state);
  if (!ask) return { route: "outside", credential: "none", write: false };
  const credential = ask.token?.label ?? (ask.tokenId === undefined ? "none" : "unknown");
  return { route: routeOf(ask, state), credential, write: isWriting(ask) };
}

function routeOf(ask: Ask, state: VaultState): string {
  if (isWriting(ask)) return "write";
  if (isLogin(ask)) return `login.${loginPathOf(ask.local, state.auth)?.type ?? "unknown"}`;
  if (ask.local === SECOND_FACTOR) return "login.second-factor";
  if (ask.local === MOUNT_LIST || ask.local.startsWith(MOUNT_INFO)) return "mounts";
  const own =
    /^(?:auth\/token|sys|sys\/wrapping)\/(lookup-self|renew-self|revoke-self|health|seal-status|unwrap)$/.exec(
      ask.local,
    );
  if (own?.[1]) return own[1];
  if (/^sys\/(leases\/)?revoke/.test(ask.local)) return "leases.revoke";
  const mount = mountOf(ask.path, state.mounts);
  if (!mount || (ask.verb !== "read" && ask.verb !== "list")) return "unrouted";
  return mount[1].route(ask.verb, ask.path.slice(mount[0].length));
}
