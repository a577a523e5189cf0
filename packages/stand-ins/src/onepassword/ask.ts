import type { Call } from "../kit/backend.ts";

/** What a request asks for. */
export interface Ask {
  readonly call: Call;
  readonly route: Route;
  readonly vaultId?: string;
  readonly itemId?: string;
  readonly fileId?: string;
}

export type Route =
  | "auth.start"
  | "auth.exchange"
  | "auth.confirm"
  | "auth.complete"
  | "vaults.list"
  | "keysets"
  | "vaults.get"
  | "items.overviews"
  | "items.get"
  | "items.batch"
  | "files.get"
  | "none"
  | "write";

/** Any version of a route counts as the one we know. */
const ROUTES: ReadonlyArray<readonly [pattern: RegExp, route: Route]> = [
  [/^POST \/api\/v\d+\/auth\/start$/, "auth.start"],
  [/^POST \/api\/v\d+\/auth$/, "auth.exchange"],
  [/^POST \/api\/v\d+\/auth\/confirm-key$/, "auth.confirm"],
  [/^POST \/api\/v\d+\/auth\/complete$/, "auth.complete"],
  [/^GET \/api\/v\d+\/vaults$/, "vaults.list"],
  [/^GET \/api\/v\d+\/account\/keysets$/, "keysets"],
  [/^GET \/api\/v\d+\/vault\/(?<vaultId>\w+)$/, "vaults.get"],
  [/^GET \/api\/v\d+\/vault\/(?<vaultId>\w+)\/items\/overviews$/, "items.overviews"],
  [/^GET \/api\/v\d+\/vault\/(?<vaultId>\w+)\/item\/(?<itemId>\w+)$/, "items.get"],
  [/^POST \/api\/v\d+\/vault\/(?<vaultId>\w+)\/items\/batch$/, "items.batch"],
  [/^GET \/api\/v\d+\/(?:.+\/)?(?:vault\/(?<vaultId>\w+)\/)?(?:document|file|files)\/(?<fileId>\w+).*$/, "files.get"],
];

/** Reads a request. What would change a vault is `write`, anything else unknown is `none`. */
export function toAsk(call: Call): Ask {
  const line = `${call.method} ${call.path}`;
  for (const [pattern, route] of ROUTES) {
    const found = pattern.exec(line);
    if (found) return { call, route, ...found.groups };
  }
  return { call, route: call.method === "GET" ? "none" : "write" };
}

/** A header's one value. */
export function header({ headers }: Call, name: string): string | undefined {
  const held = headers[name];
  return Array.isArray(held) ? held[0] : held;
}
