import type { IncomingMessage } from "node:http";
import { type ErrorCode, isSecretError, SecretError, type SecretDocument } from "@vaultlink/core/provider";
import type { MemoryState } from "../memory/memory-state.ts";
import { assertLocator, readMemory } from "../memory/read-memory.ts";
import { isReply, reply, type StandInCall, type StandInReply, type STATUSES } from "./call.ts";

/** What a stand-in answers: route, e.g. `"GET /v1/secrets/*"` → what it gives. */
export type Routes = Readonly<Record<string, (call: StandInCall) => unknown>>;

/** What a stand-in needs to answer. */
export interface Answering {
  readonly routes: Routes;
  readonly statuses: typeof STATUSES;
  readonly refusal: (code: ErrorCode, status: number) => unknown;
  readonly tokenOf: (headers: StandInCall["headers"]) => string | undefined;
  readonly vault: MemoryState;
}

/** The answer to a request, and the route that gave it. */
export function answer(request: IncomingMessage, body: string, answering: Answering): StandInReply & { route: string } {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://stand-in");
  const found = find(answering.routes, request.method ?? "GET", pathname);
  if (found === undefined) return { status: 404, json: {}, route: "none" };
  const { route, handle, rest } = found;
  try {
    const given = handle(callOf(request, searchParams, rest, body, answering));
    return { ...(isReply(given) ? given : reply({ status: 200, json: given })), route };
  } catch (thrown) {
    if (!isSecretError(thrown)) throw thrown;
    const status = answering.statuses[thrown.code] ?? 500;
    return { status, json: answering.refusal(thrown.code, status), route };
  }
}

function find(
  routes: Routes,
  method: string,
  path: string,
): { readonly route: string; readonly handle: Routes[string]; readonly rest: string } | undefined {
  for (const [route, handle] of Object.entries(routes)) {
    const [wanted = "", pattern = ""] = route.split(" ");
    const [before = "", after] = pattern.split("*");
    const matches = after === undefined ? path === pattern : path.startsWith(before) && path.endsWith(after);
    if (wanted !== method || !matches || path.length < pattern.length - 1) continue;
    const rest = after === undefined ? "" : path.slice(before.length, path.length - after.length);
    return { route, handle, rest: rest.split("/").map(decoded).join("/") };
  }
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function callOf(
  { headers: raw }: IncomingMessage,
  query: URLSearchParams,
  rest: string,
  body: string,
  { tokenOf, vault }: Answering,
): StandInCall {
  const headers = Object.fromEntries(
    Object.entries(raw).map(([name, held]) => [name, Array.isArray(held) ? held[0] : held]),
  );
  const token = tokenOf(headers) ?? "";
  const who: StandInCall["who"] = () => {
    const identity = vault.tokens.get(token);
    if (identity === undefined) throw new SecretError("unauthenticated", "The vault refuses this token.");
    return identity;
  };
  return {
    ...{ rest, query, headers, token, who, vault, body: parsed(body) },
    read(path, version): SecretDocument {
      const locator = { path, query: version === undefined || version === null ? {} : { version } };
      assertLocator(locator);
      return readMemory(vault, who(), locator);
    },
    list(prefix) {
      if (who().lists === false) throw new SecretError("denied", "The vault does not let this identity list.");
      const paths = [...vault.documents.keys()].filter((path) => path.startsWith(prefix));
      return paths.map((path) => ({ path, disabled: vault.disabled.has(path) }));
    },
    login: (from) => vault.obtain(from),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
