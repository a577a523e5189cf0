import type { Call } from "../kit/backend.ts";

/** One request, as the published description names it. */
export interface Ask {
  readonly call: Call;
  readonly route: Route;
  readonly vaultId?: string;
  readonly itemId?: string;
  readonly fileId?: string;
}

export type Route =
  | "heartbeat"
  | "vaults.list"
  | "vaults.get"
  | "items.list"
  | "items.get"
  | "files.list"
  | "files.get"
  | "files.content"
  | "write"
  | "unknown";

/** https://github.com/1Password/connect/blob/main/docs/openapi/spec.yaml, v1.7.1 */
const READING: ReadonlyArray<readonly [RegExp, Route]> = [
  [/^\/(?:heartbeat|health)$/, "heartbeat"],
  [/^\/v1\/vaults$/, "vaults.list"],
  [/^\/v1\/vaults\/(\w+)$/, "vaults.get"],
  [/^\/v1\/vaults\/(\w+)\/items$/, "items.list"],
  [/^\/v1\/vaults\/(\w+)\/items\/(\w+)$/, "items.get"],
  [/^\/v1\/vaults\/(\w+)\/items\/(\w+)\/files$/, "files.list"],
  [/^\/v1\/vaults\/(\w+)\/items\/(\w+)\/files\/(\w+)$/, "files.get"],
  [/^\/v1\/vaults\/(\w+)\/items\/(\w+)\/files\/(\w+)\/content$/, "files.content"],
];

/** Takes a request apart. Whatever is no GET would change an item. */
export function toAsk(call: Call): Ask {
  if (call.method !== "GET") return { call, route: "write" };
  for (const [path, route] of READING) {
    const found = path.exec(call.path);
    if (found === null) continue;
    const [, vaultId, itemId, fileId] = found;
    return {
      ...{ call, route },
      ...(vaultId !== undefined && { vaultId }),
      ...(itemId !== undefined && { itemId }),
      ...(fileId !== undefined && { fileId }),
    };
  }
  return { call, route: "unknown" };
}
