import type { Answer } from "../kit/backend.ts";
import { refusal } from "./answers.ts";
import { type Ask, text } from "./ask.ts";
import { ACCOUNT } from "./seed.ts";
import type { AwsState } from "./state.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** The sign-in portal: gives a role's credentials to whoever holds its access token. */
export function portal(ask: Ask, state: AwsState): Answer {
  const token = String(ask.call.headers["x-amz-sso_bearer_token"] ?? "");
  const until = state.portal.get(token);
  if (until === undefined || state.clock.now() >= until) {
    return refusal("rest", 401, "UnauthorizedException", "Session token not found or invalid");
  }
  const name = ask.call.query.get("role_name") ?? "";
  const role = state.seed.roles[`arn:aws:iam::${ask.call.query.get("account_id")}:role/${name}`];
  if (!role) return refusal("rest", 403, "ForbiddenException", "No access");
  const given = state.principals.issue(name, role, { session: "person", seconds: state.settings.roleSeconds || 3600 });
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration } = given;
  const body = JSON.stringify({ roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration } });
  return { status: 200, headers: JSON_TYPE, body };
}

/** The portal's own sign-in: a refresh token gives a new access token, once, and a new refresh token. */
export function signIn(ask: Ask, state: AwsState): Answer {
  const { refreshToken, clientSecret } = state.seed.portal;
  const known = text(ask, "refreshToken") === refreshToken && text(ask, "clientSecret") === clientSecret;
  if (!known || !state.settings.refreshable) {
    const body = JSON.stringify({ error: "invalid_grant", error_description: "Invalid refresh token provided" });
    return { status: 400, headers: { ...JSON_TYPE, "x-amzn-errortype": "InvalidGrantException" }, body };
  }
  const accessToken = `${state.seed.portal.accessToken}-renewed`;
  const expiresIn = 8 * 3600;
  state.portal.set(accessToken, state.clock.now() + expiresIn * 1000);
  const body = JSON.stringify({ accessToken, expiresIn, refreshToken, tokenType: "Bearer" });
  return { status: 200, headers: JSON_TYPE, body };
}

/** What renews `aws login`: the same refresh token, new credentials of the person. */
export function renewLogin(ask: Ask, state: AwsState): Answer {
  const { refreshToken } = state.seed.portal;
  const person = state.seed.users["app"];
  if (!person || !state.settings.refreshable || text(ask, "refreshToken") !== refreshToken) {
    const body = JSON.stringify({ error: "TOKEN_EXPIRED", message: "The refresh token has expired" });
    return { status: 403, headers: { ...JSON_TYPE, "x-amzn-errortype": "AccessDeniedException" }, body };
  }
  const given = state.principals.issue("app", person, { seconds: 900 });
  const { accessKeyId, secretAccessKey, sessionToken } = given;
  const accessToken = { accessKeyId, secretAccessKey, sessionToken, accountId: ACCOUNT };
  const body = JSON.stringify({ accessToken, tokenType: "aws_sigv4", expiresIn: 900, refreshToken });
  return { status: 200, headers: JSON_TYPE, body };
}
