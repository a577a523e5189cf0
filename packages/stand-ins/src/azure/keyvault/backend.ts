import type { Answer, Backend, Call, Description } from "../../kit/backend.ts";
import { json, vaultRefusal } from "../answers.ts";
import type { AzureState, Known } from "../state.ts";
import type { KeyVault } from "../vaults.ts";
import { authenticate, challenge } from "./authenticate.ts";
import {
  deletedSecret,
  forbidden,
  getSecret,
  listSecrets,
  listVersions,
  mayList,
  mayRead,
  mayReadDeleted,
} from "./secrets.ts";

/** One key vault's data plane: secrets, read only. https://learn.microsoft.com/rest/api/keyvault/secrets */
export function keyVaultBackend(vault: KeyVault, state: AzureState): Backend {
  return {
    describe: (call) => describe(call, state),
    answer: (call) => answer(call, vault, state),
    throttled: () =>
      vaultRefusal(429, "Throttled", "Request was not processed because too many requests were received."),
    failure: (_call, status) => vaultRefusal(status, FAILURES[status] ?? "InternalError", "It failed."),
  };
}

const FAILURES: Readonly<Record<number, string>> = { 401: "Unauthorized", 403: "Forbidden", 503: "ServiceUnavailable" };

interface Asked {
  readonly route: string;
  readonly name?: string;
  readonly version?: string;
}

function parse({ method, path }: Call): Asked {
  const [, area, name, version, ...rest] = path.split("/").map(decode);
  if (rest.length > 0 || method !== "GET") return { route: method === "GET" ? "secrets.unknown" : "secrets.write" };
  if (area === "secrets") {
    if (!name) return { route: "secrets.list" };
    if (version === "versions") return { route: "secrets.versions", name };
    return { route: "secrets.get", name, ...(version && { version }) };
  }
  if (area === "deletedsecrets") return name ? { route: "secrets.deleted", name } : { route: "secrets.list-deleted" };
  return { route: "secrets.unknown" };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function describe(call: Call, state: AzureState): Description {
  const { route } = parse(call);
  const who = authenticate(call, state);
  if (call.headers.authorization === undefined) return { route: "secrets.challenge", credential: "none", write: false };
  return { route, credential: "label" in who ? who.label : "unknown", write: route === "secrets.write" };
}

function answer(call: Call, vault: KeyVault, state: AzureState): Answer {
  const who = authenticate(call, state);
  if (!("label" in who)) return challenge(call, state, who.refused);
  if (vault.walled) {
    return vaultRefusal(
      403,
      "Forbidden",
      "Client address is not authorized and caller is not a trusted service.",
      "ForbiddenByFirewall",
    );
  }
  if (!call.query.has("api-version")) return vaultRefusal(400, "BadParameter", "api-version must be specified");
  return give(call, parse(call), vault, who, state);
}

function give(
  call: Call,
  { route, name = "", version }: Asked,
  vault: KeyVault,
  who: Known,
  state: AzureState,
): Answer {
  if (name !== "" && !/^[0-9a-zA-Z-]{1,127}$/.test(name)) {
    return vaultRefusal(400, "BadParameter", "The request URI contains an invalid name.");
  }
  switch (route) {
    case "secrets.get":
      if (version !== undefined && !/^[0-9a-f]{32}$/i.test(version)) {
        return vaultRefusal(400, "BadParameter", "The request URI contains an invalid version.");
      }
      return mayRead(who, vault, name) ? getSecret(call, vault, name, version) : forbidden(vault, "get");
    case "secrets.deleted":
      return mayReadDeleted(who) ? deletedSecret(call, vault, name) : forbidden(vault, "get");
    case "secrets.list":
      return mayList(who) ? listSecrets(call, vault, state.settings.pageSize) : forbidden(vault, "list");
    case "secrets.versions":
      return mayList(who) ? listVersions(call, vault, name, state.settings.pageSize) : forbidden(vault, "list");
    case "secrets.write":
      return json({ error: { code: "Forbidden", message: "writing calls are refused here" } }, 500);
    default:
      return { status: 404 };
  }
}
