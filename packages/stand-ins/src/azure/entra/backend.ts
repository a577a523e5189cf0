import type { Answer, Backend, Call, Description } from "../../kit/backend.ts";
import { entraRefusal, json } from "../answers.ts";
import type { AzureState } from "../state.ts";
import { grantToken, makeGrant } from "./grants.ts";

const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/, "entra.discovery"],
  [/^\/(common)\/discovery\/instance$/, "entra.instance"],
  [/^\/([^/]+)\/oauth2\/v2\.0\/token$/, "entra.token"],
  [/^\/([^/]+)\/oauth2\/v2\.0\/devicecode$/, "entra.devicecode"],
  [/^\/([^/]+)\/oauth2\/v2\.0\/authorize$/, "entra.authorize"],
];

/** The sign-in service of one cloud. It knows two tenants. */
export function entraBackend(state: AzureState): Backend {
  return {
    describe: (call) => describe(call, state),
    answer: (call) => answer(call, state),
    throttled: () => entraRefusal("temporarily_unavailable", 90055, "The server is busy: too many requests.", 429),
    failure: (_call, status) =>
      entraRefusal(status < 500 ? "invalid_request" : "server_error", 90033, "A transient error has occurred.", status),
  };
}

function describe(call: Call, state: AzureState): Description {
  const clientId = new URLSearchParams(call.body).get("client_id");
  const client = Object.entries(state.seed.applications).find(([, application]) => application.clientId === clientId);
  return { route: match(call)?.route ?? "entra.unknown", credential: client?.[0] ?? "none", write: false };
}

function match({ path }: Call): { readonly route: string; readonly tenant: string } | undefined {
  for (const [pattern, route] of ROUTES) {
    const tenant = pattern.exec(path)?.[1];
    if (tenant !== undefined) return { route, tenant };
  }
  return undefined;
}

function answer(call: Call, state: AzureState): Answer {
  const found = match(call);
  if (!found) return { status: 404 };
  const tenant = ["common", "organizations"].includes(found.tenant) ? state.seed.tenant : found.tenant;
  if (tenant !== state.seed.tenant && tenant !== state.seed.otherTenant) {
    return entraRefusal(
      "invalid_tenant",
      90002,
      "Tenant not found. Check to make sure you have the correct tenant ID.",
    );
  }
  const form = new URLSearchParams(call.body);
  switch (found.route) {
    case "entra.token":
      return grantToken({ form, tenant, state });
    case "entra.devicecode":
      return deviceCode(state);
    case "entra.authorize":
      return authorize(call.query, state);
    case "entra.instance":
      return json({ tenant_discovery_endpoint: `${state.authority}/${tenant}/v2.0/.well-known/openid-configuration` });
    default:
      return json(discovery(`${state.authority}/${found.tenant}`, tenant));
  }
}

/** https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc */
function discovery(base: string, tenant: string): object {
  return {
    issuer: `${base.slice(0, base.lastIndexOf("/"))}/${tenant}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  };
}

function deviceCode(state: AzureState): Answer {
  return json({
    device_code: makeGrant(state, "device-code"),
    user_code: "ABCD1234",
    verification_uri: "https://microsoft.com/devicelogin",
    expires_in: 900,
    // Seconds; no test waits.
    interval: 0,
    message:
      "To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code ABCD1234.",
  });
}

/** The page on which a person signs in: it sends the browser back at once, with what it must carry. */
function authorize(query: URLSearchParams, state: AzureState): Answer {
  const fields = {
    state: query.get("state") ?? "",
    ...(state.settings.deviceCode === "declined"
      ? { error: "access_denied", error_description: "AADSTS65004: The user declined to consent." }
      : { code: makeGrant(state, "code", query.get("code_challenge") ?? undefined) }),
  };
  return json({ redirect: query.get("redirect_uri"), form: new URLSearchParams(fields).toString() });
}
