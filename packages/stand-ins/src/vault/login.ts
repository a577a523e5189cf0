import type { Answer } from "../kit/backend.ts";
import { type Ask, fieldsOf } from "./ask.ts";
import { BARE_DENIED, errors, reply } from "./envelope.ts";
import { checkLogin, type LoginPath } from "./login-checks.ts";
import { askAgain } from "./second-factor.ts";
import type { AuthType } from "./seed.ts";
import { withDefault, type VaultState } from "./state.ts";
import { authOf } from "./token-answers.ts";
import type { Token } from "./tokens.ts";

/** Which method a path logs in by; `undefined` if none is mounted there. */
export function loginPathOf(local: string, auth: ReadonlyMap<string, AuthType>): LoginPath | undefined {
  const found = /^auth\/(.+\/)login(?:\/([^/]+))?$/.exec(local);
  const mount = found?.[1] ?? "";
  const type = auth.get(mount);
  return type === undefined ? undefined : { mount, type, user: found?.[2] };
}

/** Logs in: a new token, or the vault's refusal. */
export function login(ask: Ask, state: VaultState): Answer {
  const path = loginPathOf(ask.local, state.auth);
  // The vault lets nobody find out by asking which methods exist.
  if (!path) return BARE_DENIED;
  const result = checkLogin(path, fieldsOf(ask.call), [...state.accounts.values()]);
  if ("refusal" in result) return errors(result.status, result.refusal);
  const { account, meta } = result;
  const grant = (): Token =>
    state.tokens.issue({
      label: account.name,
      policies: withDefault(account.policies),
      meta,
      displayName: displayNameOf(path, account.name),
      entityId: entityOf(path.mount, account.name),
      path: ask.local,
      orphan: true,
      ttl: account.tokenTtl,
      maxTtl: account.tokenMaxTtl,
    });
  const { secondFactor } = state.settings;
  return secondFactor === undefined
    ? reply(state.ids, { auth: authOf(grant()) })
    : askAgain(secondFactor, grant, state);
}

function displayNameOf(path: LoginPath, name: string): string {
  const mount = path.mount.slice(0, -1).replaceAll("/", "-");
  return path.type === "approle" ? mount : `${mount}-${name}`;
}

/** The vault keeps one entity for each name of each login mount, unless an administrator joins them. */
function entityOf(mount: string, name: string): string {
  return `entity-of-${name}-by-${mount.replaceAll("/", "-")}`.slice(0, -1);
}
