import { isJsonObject, type JsonObject, parseJsonObject, type SecretError } from "@vaultlink/core/provider";
import type { ResolveReferenceError } from "@1password/sdk";
import { explain } from "../errors.ts";
import type { Listing } from "../names/directory.ts";
import { REFERENCE_ERRORS } from "../errors/reference.ts";
import { type ConnectFile, type ConnectItem, toItem, toListing } from "./item.ts";
import { FOREIGN } from "./error-rules.ts";
import { type ConnectResponse, refused, type Transport } from "./transport.ts";

/**
 * The reading half of a Connect server's API, as far as references need it. Each call throws a `SecretError`: `aborted` with
 * the signal. https://developer.1password.com/docs/connect/api-reference/
 */
export interface Api {
  readonly vaults: (signal: AbortSignal) => Promise<readonly Listing[]>;
  /** Those that are neither archived nor deleted; with `title`, those that the server finds under it. */
  readonly items: (vaultId: string, title: string | undefined, signal: AbortSignal) => Promise<readonly Listing[]>;
  readonly item: (vaultId: string, itemId: string, signal: AbortSignal) => Promise<ConnectItem>;
  readonly content: (item: ConnectItem, file: ConnectFile, signal: AbortSignal) => Promise<Buffer>;
}

/** The kind of failure that a 404 is, where the server means one thing by it. */
type Missing = ResolveReferenceError["type"] | "fileNotFound";

export function createApi({ get }: Transport): Api {
  const request = async (path: string, missing: Missing | undefined, signal: AbortSignal): Promise<ConnectResponse> => {
    const answer = await get(`/v1/${path}`, signal);
    if (answer.status === 200) return answer;
    const { retryAfter, status } = answer;
    // A page of another server must not tell that there is no such secret.
    const meant = speaks(answer);
    if (status === 404 && meant && missing !== undefined) throw lacking(missing);
    // Nothing is in the path but ids: what looks like one was none.
    if (status === 400 && meant && missing === "itemNotFound") throw lacking(missing);
    throw refused({
      status,
      ...(retryAfter !== undefined && { retryAfter }),
      ...(status >= 300 && status < 400 && { elsewhere: true as const }),
      ...(!meant && { text: FOREIGN }),
    });
  };
  const read = async (path: string, missing: Missing | undefined, signal: AbortSignal): Promise<unknown> =>
    parse((await request(path, missing, signal)).body);

  return {
    vaults: async (signal) => listOf(await read("vaults", undefined, signal)).map((vault) => toListing(vault, "name")),
    items: async (vaultId, title, signal) => {
      const filter = title === undefined ? "" : `?filter=${encodeURIComponent(`title eq "${title}"`)}`;
      const items = listOf(await read(`vaults/${vaultId}/items${filter}`, "vaultNotFound", signal));
      return items.filter(({ state }) => state === undefined).map((item) => toListing(item, "title"));
    },
    item: async (vaultId, itemId, signal) => {
      const item = await read(`vaults/${vaultId}/items/${itemId}`, "itemNotFound", signal);
      if (!isJsonObject(item)) throw refused({ text: FOREIGN, status: 200 });
      return toItem(item, vaultId);
    },
    content: async ({ id, vaultId }, { attributes }, signal) => {
      const path = `vaults/${vaultId}/items/${id}/files/${attributes.id}/content`;
      const { body, type } = await request(path, "fileNotFound", signal);
      // Bytes say nothing about where they come from: a portal's page must not pass for a file.
      if (body.byteLength !== attributes.size || type.startsWith("text/html"))
        throw refused({ text: FOREIGN, status: 200 });
      return body;
    },
  };
}

/** What a reference lacks, in the words that all methods share. */
export function lacking(type: Missing): SecretError {
  const file = type === "fileNotFound";
  return explain(REFERENCE_ERRORS, file ? { text: "file couldn't be found" } : { text: "", type });
}

/** Whether a refusal has the form of a Connect server's: `{ status, message }`. */
function speaks({ body, status }: ConnectResponse): boolean {
  const said = parseJsonObject(body.toString("utf8"));
  return said?.["status"] === status && typeof said["message"] === "string";
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8")) as unknown;
  } catch {
    // The error of `JSON.parse` would quote the answer.
    throw refused({ text: FOREIGN, status: 200 });
  }
}

function listOf(held: unknown): readonly JsonObject[] {
  if (!Array.isArray(held) || !held.every(isJsonObject)) throw refused({ text: FOREIGN, status: 200 });
  return held;
}
