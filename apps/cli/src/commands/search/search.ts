import type { ListEntry } from "@vaultlink/core";
import { formatReference } from "@vaultlink/core/internal";
import type { CliContext } from "../../context.ts";
import { usage } from "../../failure.ts";
import { foldersNotListed, type Left, tellLeft, walk } from "../../find/browse.ts";
import type { Lines } from "../../output/result.ts";
import { configure, openVault } from "../../vault/with-vault.ts";
import { expectConnection } from "../cache.ts";
import { refuseUntrusted } from "../disconnect.ts";

export interface SearchOptions {
  /** Names at most. @default 200 */
  readonly limit?: string | undefined;
  /** Where to begin, as the vault names it. */
  readonly prefix?: string | undefined;
}

/** A secret that was found. */
interface Found {
  readonly reference: string;
  readonly state?: string;
  readonly updatedAt?: string;
}

/** Names what a connection holds, as it comes in: references to link, never a value. */
export async function search(
  context: CliContext,
  connection: string,
  query = "",
  { limit: most = "200", prefix = "" }: SearchOptions = {},
): Promise<Lines> {
  const limit = Number(most);
  if (!Number.isSafeInteger(limit) || limit < 1) throw usage("--limit is a whole number.", "vaultlink search --help");
  const configuration = await configure(context);
  expectConnection(connection, configuration, "search");
  refuseUntrusted(connection, configuration);
  const secrets: Found[] = [];
  const left: Left = { denied: [], skipped: 0, seen: 0 };
  let more = false;
  async function* lines(): AsyncGenerator<string, void, undefined> {
    const vault = await openVault(context, configuration);
    try {
      for await (const entry of walk({ context, vault, connection }, prefix, left)) {
        if (!entry.locator.path.toLowerCase().includes(query.toLowerCase())) continue;
        more = secrets.length >= limit;
        if (more) break;
        const found = describe(connection, entry);
        secrets.push(found);
        yield found.state === undefined ? found.reference : `${found.reference}  (${found.state})`;
      }
    } finally {
      await vault.close();
    }
    tellLeft(context, connection, left);
    if (secrets.length === 0) context.notice("Nothing was found.");
    if (more) context.notice(`There are more than ${limit}: narrow the search, or add --limit.`);
  }
  const json: Lines["json"] = () => ({
    ...{ connection, query, secrets, more },
    foldersNotListed: foldersNotListed(left),
  });
  return { kind: "lines", lines: lines(), json };
}

function describe(connection: string, { locator, state, updatedAt }: ListEntry): Found {
  return {
    reference: formatReference({ connection, locator }),
    ...(state !== undefined && { state }),
    ...(updatedAt !== undefined && { updatedAt: new Date(updatedAt).toISOString() }),
  };
}
