import type { Answer } from "../kit/backend.ts";
import type { Ask } from "./ask.ts";
import { errors, UNSUPPORTED, wrapped } from "./envelope.ts";
import { MOUNT_INFO, MOUNT_LIST, mountInfo, mountList, mountOf } from "./mount-info.ts";
import { lookupSelf, renewSelf, revokeLease, revokeSelf, unwrap } from "./own-token.ts";
import type { VaultState } from "./state.ts";
import type { Token } from "./tokens.ts";

/** Answers somebody who is known and permitted. */
export function serveAsker(ask: Ask, asker: Token, state: VaultState): Answer {
  if (ask.verb === "none") return UNSUPPORTED;
  if (ask.local === MOUNT_LIST) return mountList(ask, asker, state);
  if (ask.local.startsWith(MOUNT_INFO)) return mountInfo(ask, asker, state);
  if (/^(auth\/token|sys)\//.test(ask.local)) return serveOwn(ask, asker, state);
  const found = mountOf(ask.path, state.mounts);
  if (!found) return errors(404, `no handler for route "${ask.path}". route entry not found.`);
  const [mount, engine] = found;
  const path = ask.path.slice(mount.length);
  if (ask.verb === "list") return engine.list(path);
  return ask.verb === "read" ? engine.read(path, ask.call.query, asker) : UNSUPPORTED;
}

function serveOwn(ask: Ask, asker: Token, state: VaultState): Answer {
  const writing = ask.verb === "write";
  switch (ask.local) {
    case "auth/token/lookup-self":
      return ask.verb === "read" ? lookupSelf(asker, state) : UNSUPPORTED;
    case "auth/token/renew-self":
      return writing ? renewSelf(ask, asker, state) : UNSUPPORTED;
    case "auth/token/revoke-self":
      return writing ? revokeSelf(asker, state) : UNSUPPORTED;
    case "sys/wrapping/unwrap":
      return unwrap(ask, asker, state);
    default:
      if (/^sys\/(leases\/)?revoke/.test(ask.local)) return writing ? revokeLease(ask, state) : UNSUPPORTED;
      return errors(404, wrapped("unsupported path"));
  }
}
