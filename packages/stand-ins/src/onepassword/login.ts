import type { Answer } from "../kit/backend.ts";
import { plain, sealed } from "./answers.ts";
import { type Ask, header } from "./ask.ts";
import { base64url } from "./encoding.ts";
import { unseal } from "./envelope.ts";
import type { Session } from "./sessions.ts";
import { exchange } from "./srp.ts";
import type { OnePasswordState } from "./state.ts";

/** The four requests by which a token signs in. */
export function login(ask: Ask, state: OnePasswordState): Answer {
  if (ask.route === "auth.start") return start(ask, state);
  const session = sessionOf(ask, state);
  if (session === undefined || state.revoked.has(session.account.label)) return plain(401);
  switch (ask.route) {
    case "auth.exchange":
      return answerA(ask, session, state);
    case "auth.confirm":
      return confirm(ask, session);
    default:
      return complete(ask, session);
  }
}

/** The session a request belongs to, whether or not its login is done. */
export function sessionOf({ call }: Ask, state: OnePasswordState): Session | undefined {
  return state.sessions.find(header(call, "x-agilebits-session-id"));
}

function start({ call }: Ask, state: OnePasswordState): Answer {
  const { email, skid, deviceUuid } = bodyOf(call.body);
  const account = [...state.accounts.values()].find((each) => each.email === email);
  if (account === undefined || state.revoked.has(account.label)) return plain(401);
  if (skid !== account.keyId || deviceUuid !== account.deviceId) return plain(401);
  const { id } = state.sessions.open(account);
  return plain(200, {
    status: "ok",
    sessionID: id,
    accountKeyFormat: "A3",
    accountKeyUuid: account.keyId,
    userAuth: account.userAuth,
  });
}

function answerA({ call }: Ask, session: Session, state: OnePasswordState): Answer {
  const { account } = session;
  const { userA } = bodyOf(call.body);
  const salt = Buffer.from(account.userAuth.salt, "base64url");
  const found = exchange(String(userA), state.ids.bytes(32), { ...account, salt });
  if (found === undefined) return plain(400);
  session.exchange = found;
  return plain(200, { userB: found.userB });
}

function confirm({ call }: Ask, session: Session): Answer {
  const { clientVerifyHash } = bodyOf(call.body);
  const { exchange: made } = session;
  if (made === undefined || clientVerifyHash !== base64url(made.proof)) {
    return plain(401, { errorCode: 401, errorMessage: "" });
  }
  session.proved = true;
  return plain(200, { serverVerifyHash: base64url(made.reply) });
}

function complete({ call }: Ask, session: Session): Answer {
  const { account, exchange: made } = session;
  if (made === undefined || !session.proved || unseal(call.body, made.key) === undefined) return plain(401);
  return sealed(session, {
    accountUuid: account.accountId,
    userUuid: account.userId,
    mfa: null,
    serverVerifyHash: "",
    notifier: "",
  });
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
