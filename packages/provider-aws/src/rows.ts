import { ASSUMING } from "./rows/assuming.ts";
import { NOTHING_FOUND, OBTAINING } from "./rows/obtaining.ts";
import type { During, Row } from "./rows/row.ts";
import { SECRET } from "./rows/secret.ts";
import { BARE, BOUND, SERVICE, UNREADABLE } from "./rows/service.ts";
import { SIGNING } from "./rows/signing.ts";
import { WAY } from "./rows/way.ts";
import type { Seen } from "./seen.ts";

/**
 * Every failure we know; the first that fits counts. Sources: the models of Secrets Manager and STS, the vendor's common
 * errors (https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html), and, for failures that
 * never reach AWS, what the pinned SDK was seen to throw.
 */
export const ROWS: readonly Row[] = [
  ...BOUND,
  ...OBTAINING,
  ...UNREADABLE,
  ...SIGNING,
  ...ASSUMING,
  ...SECRET,
  ...SERVICE,
  ...WAY,
  ...NOTHING_FOUND,
  ...BARE,
];

/** The first row that fits. */
export function findRow(seen: Seen, during: During): Row | undefined {
  return ROWS.find(
    (row) =>
      (row.during?.includes(during) ?? true) &&
      (row.status?.includes(seen.status ?? 0) ?? true) &&
      (row.via === undefined || seen.via === undefined || row.via.includes(seen.via)) &&
      (row.unnamed === undefined || isUnnamed(seen)) &&
      begins(row.names, seen.name) &&
      begins(row.codes, seen.code) &&
      (row.says?.some((words) => seen.text.includes(words)) ?? true),
  );
}

/** The SDK makes up a name where there was none. */
function isUnnamed({ name = "", status }: Seen): boolean {
  return status !== undefined && /^(?:|Error|Unknown|UnknownError)$/.test(name);
}

function begins(wanted: readonly string[] | undefined, held: string | undefined): boolean {
  return wanted === undefined || (held !== undefined && wanted.some((word) => held.startsWith(word)));
}
