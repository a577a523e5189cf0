import { createHash } from "node:crypto";
import type { Answer } from "../../kit/backend.ts";
import { seededIds } from "../../kit/ids.ts";
import { CANARY } from "../../kit/witness.ts";
import { entraRefusal, json } from "../answers.ts";
import { signJwt } from "../jwt.ts";
import type { AzureState, Grant, Known } from "../state.ts";
import { issueToken } from "../tokens.ts";
import { provenClient } from "./clients.ts";

/** What a request for a token is about. */
export interface TokenAsk {
  readonly form: URLSearchParams;
  readonly tenant: string;
  readonly state: AzureState;
}

/** The token endpoint. https://learn.microsoft.com/entra/identity-platform/v2-protocols */
export function grantToken(ask: TokenAsk): Answer {
  const { form, tenant, state } = ask;
  switch (form.get("grant_type")) {
    case "client_credentials": {
      const client = provenClient(form, state, `${state.authority}/${tenant}/oauth2/v2.0/token`);
      return "status" in client ? client : give(ask, client, false);
    }
    case "authorization_code":
      return redeem(ask, form.get("code"));
    case "refresh_token":
      if (state.settings.interactionRequired) return interactionRequired();
      return redeem(ask, form.get("refresh_token"));
    // The vendor's own library uses the short name.
    case "device_code":
    case "urn:ietf:params:oauth:grant-type:device_code":
      return byDeviceCode(ask);
    default:
      return entraRefusal("unsupported_grant_type", 70003, "The grant type is not supported.");
  }
}

/** A code that stands for the person who signed in, taken once. `challenge` binds it to whoever began. */
export function makeGrant(state: AzureState, kind: string, challenge?: string): string {
  const code = `${CANARY}${kind}-${seededIds(`${kind}${state.grants.size}`).text(16)}`;
  state.grants.set(code, { label: state.person, ...(challenge !== undefined && { challenge }) });
  return code;
}

function redeem(ask: TokenAsk, code: string | null): Answer {
  const { form, state } = ask;
  const grant: Grant | undefined = state.grants.get(code ?? "");
  const who = grant && state.seed.people[grant.label];
  const verifier = createHash("sha256")
    .update(form.get("code_verifier") ?? "")
    .digest("base64url");
  if (!grant || !who || (grant.challenge !== undefined && grant.challenge !== verifier)) {
    return entraRefusal("invalid_grant", 70000, "The provided grant has expired or is invalid.");
  }
  state.grants.delete(code ?? "");
  return give(ask, { label: grant.label, who }, true);
}

function byDeviceCode(ask: TokenAsk): Answer {
  switch (ask.state.settings.deviceCode) {
    case "approved":
      return redeem(ask, ask.form.get("device_code"));
    case "declined":
      return entraRefusal("authorization_declined", 70016, "The end user denied the authorization request.");
    case "pending":
      return entraRefusal("authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending.");
  }
}

const interactionRequired = (): Answer =>
  entraRefusal("invalid_grant", 50078, "Presented multi-factor authentication has expired due to policies.");

function give({ form, tenant, state }: TokenAsk, known: Known, person: boolean): Answer {
  const scopes = (form.get("scope") ?? "").split(" ");
  const audience = scopes.find((scope) => scope.includes("/.default"))?.replace(/\/+\.default$/, "");
  if (audience === undefined) return entraRefusal("invalid_scope", 70011, "The provided value for scope is not valid.");
  const { tokenSeconds: seconds, refreshSeconds } = state.settings;
  return json({
    token_type: "Bearer",
    scope: `${audience}/.default`,
    expires_in: seconds,
    ext_expires_in: seconds,
    ...(refreshSeconds !== undefined && { refresh_in: refreshSeconds }),
    access_token: issueToken(state, known, audience, tenant),
    ...(person && {
      refresh_token: makeGrant(state, "refresh-token"),
      id_token: idToken(known, tenant, state, form.get("client_id") ?? ""),
      client_info: Buffer.from(JSON.stringify({ uid: known.who.objectId, utid: tenant })).toString("base64url"),
    }),
  });
}

function idToken({ who }: Known, tenant: string, state: AzureState, clientId: string): string {
  const now = Math.floor(state.clock.now() / 1000);
  const claims = {
    ...{ aud: clientId, iss: `${state.authority}/${tenant}/v2.0`, iat: now, nbf: now, exp: now + 3600 },
    ...{ oid: who.objectId, tid: tenant, sub: who.objectId, preferred_username: who.upn, ver: "2.0" },
  };
  return signJwt(claims, state.keys.privateKey);
}
