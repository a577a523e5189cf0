import type { Call } from "../kit/backend.ts";
import { decode } from "./odd-path.ts";
import type { VaultState } from "./state.ts";
import type { Token } from "./tokens.ts";

/** A request as the vault understands it. */
export interface Ask {
  readonly verb: "read" | "list" | "write" | "delete" | "none";
  /** Full path, namespace in front, decoded, without `/v1/`. */
  readonly path: string;
  /** The same without the namespace. */
  readonly local: string;
  /** With a trailing slash, or `""` for the root; `undefined` if there is none of that name. */
  readonly namespace: string | undefined;
  readonly tokenId: string | undefined;
  readonly token: Token | undefined;
  readonly call: Call;
}

/** `undefined` for what is outside the API, or encoded badly. */
export function toAsk(call: Call, state: VaultState): Ask | undefined {
  if (!call.path.startsWith("/v1/")) return undefined;
  const given = decode(call.path.slice("/v1/".length));
  if (given === undefined) return undefined;
  const header = namespaceOf(call);
  const known = header === "" || state.seed.namespaces.includes(header);
  const full = `${header}${given}`;
  const namespace = state.seed.namespaces.find((name) => full.startsWith(name)) ?? "";
  const tokenId = tokenOf(call);
  return {
    verb: verbOf(call),
    path: full,
    local: full.slice(namespace.length),
    namespace: known ? namespace : undefined,
    tokenId,
    token: state.tokens.find(tokenId),
    call,
  };
}

/** The fields of a JSON body; none if it is not an object. */
export function fieldsOf(call: Call): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(call.body);
    return typeof body === "object" && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

function verbOf(call: Call): Ask["verb"] {
  if (call.method === "DELETE") return "delete";
  if (call.method === "HEAD") return "none";
  if (call.method !== "GET") return "write";
  return ["1", "true"].includes(call.query.get("list") ?? "") ? "list" : "read";
}

function tokenOf(call: Call): string | undefined {
  const header = call.headers["x-vault-token"];
  if (typeof header === "string" && header !== "") return header;
  return /^Bearer (.+)$/i.exec(call.headers.authorization ?? "")?.[1];
}

function namespaceOf(call: Call): string {
  const header = call.headers["x-vault-namespace"];
  const name = typeof header === "string" ? header.replace(/^\/+|\/+$/g, "") : "";
  return name === "" || name === "root" ? "" : `${name}/`;
}
