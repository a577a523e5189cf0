import { createHash, X509Certificate } from "node:crypto";
import type { Answer } from "../../kit/backend.ts";
import { entraRefusal } from "../answers.ts";
import { readJwt, verifyJwt } from "../jwt.ts";
import type { AzureState, Known } from "../state.ts";

/** The application that a request names and proves to be, or why not. */
export function provenClient(form: URLSearchParams, state: AzureState, tokenEndpoint: string): Known | Answer {
  const clientId = form.get("client_id");
  const found = Object.entries(state.seed.applications).find(([, application]) => application.clientId === clientId);
  if (!found) {
    return entraRefusal("unauthorized_client", 700016, "Application with identifier was not found in the directory.");
  }
  const [label, application] = found;
  const proven: Known = { label, who: application };
  const secret = form.get("client_secret");
  if (secret !== null) {
    if (secret === application.secret) return proven;
    if (secret === application.formerSecret) {
      return entraRefusal("invalid_client", 7000222, "The provided client secret keys for app are expired.", 401);
    }
    return entraRefusal("invalid_client", 7000215, "Invalid client secret provided.", 401);
  }
  const assertion = form.get("client_assertion");
  if (assertion === null) {
    return entraRefusal("invalid_client", 7000218, "The request body must contain client_assertion or client_secret.");
  }
  const refused = vouched(assertion, application.subject)
    ? checkFederated(assertion, state)
    : checkCertificate(assertion, application.clientId, state, tokenEndpoint);
  return refused ?? proven;
}

/** Whether a platform is meant to vouch for this application. */
function vouched(assertion: string, subject: string | undefined): boolean {
  const claims = readJwt(assertion)?.claims;
  return subject !== undefined && claims?.["sub"] === subject;
}

/** Where the platform's own tokens come from. */
export const PLATFORM = "https://platform.example";

function checkFederated(assertion: string, state: AzureState): Answer | undefined {
  const claims = verifyJwt(assertion, state.keys.publicKey)?.claims;
  if (claims?.["iss"] !== PLATFORM || claims["aud"] !== "api://AzureADTokenExchange") {
    return entraRefusal("invalid_client", 700211, "No matching federated identity record found.", 401);
  }
  if (Number(claims["exp"]) * 1000 <= state.clock.now()) {
    return entraRefusal("invalid_client", 700024, "Client assertion is not within its valid time range.", 401);
  }
  return undefined;
}

function checkCertificate(
  assertion: string,
  clientId: string,
  state: AzureState,
  tokenEndpoint: string,
): Answer | undefined {
  const header = readJwt(assertion)?.header ?? {};
  const known = state.certificates
    .get(clientId)
    ?.find((cert) => thumbprints(cert).includes(String(header["x5t#S256"] ?? header["x5t"])));
  const claims = known === undefined ? undefined : verifyJwt(assertion, known)?.claims;
  if (!claims || claims["iss"] !== clientId || claims["sub"] !== clientId || claims["aud"] !== tokenEndpoint) {
    return entraRefusal(
      "invalid_client",
      700027,
      "The certificate used to sign the client assertion is not registered.",
      401,
    );
  }
  if (Number(claims["exp"]) * 1000 <= state.clock.now()) {
    return entraRefusal("invalid_client", 700024, "Client assertion is not within its valid time range.", 401);
  }
  return undefined;
}

function thumbprints(cert: string): readonly string[] {
  const { raw } = new X509Certificate(cert);
  return ["sha256", "sha1"].map((algorithm) => createHash(algorithm).update(raw).digest("base64url"));
}
