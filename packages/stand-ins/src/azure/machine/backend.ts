import type { Answer, Backend, Call } from "../../kit/backend.ts";
import { json } from "../answers.ts";
import { PLATFORM } from "../entra/clients.ts";
import { signJwt } from "../jwt.ts";
import type { AzureState, Known } from "../state.ts";
import { issueToken } from "../tokens.ts";

/**
 * Where a machine finds its tokens: App Service's endpoint (`/msi/token`), the metadata service of virtual machines
 * (`/metadata/identity/oauth2/token`), and a pipeline's own (`/oidc`).
 */
export function machineBackend(state: AzureState): Backend {
  return {
    describe: (call) => ({ route: routeOf(call), credential: "none", write: false }),
    answer: (call) => {
      switch (routeOf(call)) {
        case "machine.imds":
          return call.headers["metadata"] === "true" ? giveToken(call, state) : refuse(400, "invalid_request");
        case "machine.app-service":
          return call.headers["x-identity-header"] === state.seed.machineHeader
            ? giveToken(call, state)
            : refuse(401, "unauthorized");
        case "machine.pipeline":
          return call.headers.authorization === `Bearer ${state.seed.pipelineToken}`
            ? json({ oidcToken: platformToken(state, "sc://organisation/project/connection") })
            : json({ message: "Access denied." }, 401);
        default:
          return { status: 404 };
      }
    },
    throttled: () => refuse(429, "too_many_requests"),
    failure: (_call, status) => refuse(status, "server_error"),
  };
}

function routeOf({ path }: Call): string {
  switch (path.replace(/\/$/, "")) {
    case "/metadata/identity/oauth2/token":
      return "machine.imds";
    case "/msi/token":
      return "machine.app-service";
    case "/oidc":
      return "machine.pipeline";
    default:
      return "machine.unknown";
  }
}

/** What a platform gives its workload: it vouches for a subject before Entra. `seconds` is how long it holds. */
export function platformToken(state: AzureState, subject: string, seconds = 600): string {
  const now = Math.floor(state.clock.now() / 1000);
  const claims = { iss: PLATFORM, sub: subject, aud: "api://AzureADTokenExchange", iat: now, exp: now + seconds };
  return signJwt(claims, state.keys.privateKey);
}

function giveToken({ query }: Call, state: AzureState): Answer {
  const known = findMachine(query, state);
  if (!known) return refuse(400, "invalid_request", "Identity not found");
  const resource = query.get("resource") ?? "";
  const seconds = state.settings.tokenSeconds;
  return json({
    access_token: issueToken(state, known, resource, state.seed.tenant),
    client_id: known.who.clientId,
    expires_in: String(seconds),
    expires_on: String(Math.floor(state.clock.now() / 1000) + seconds),
    resource,
    token_type: "Bearer",
  });
}

function findMachine(query: URLSearchParams, { seed }: AzureState): Known | undefined {
  const asked = ["client_id", "object_id", "principal_id", "msi_res_id", "mi_res_id"].flatMap(
    (name) => query.get(name) ?? [],
  );
  const found = Object.entries(seed.machines).find(([label, { clientId, objectId, resourceId }]) =>
    asked.length === 0 ? label === "system" : asked.some((id) => [clientId, objectId, resourceId].includes(id)),
  );
  return found && { label: found[0], who: found[1] };
}

function refuse(status: number, error: string, description = "It failed."): Answer {
  return json({ error, error_description: description }, status);
}
