import { CACHE_ROWS } from "./cache.ts";
import { DISCONNECT_ROWS } from "./disconnecting.ts";
import { LINK_ROWS } from "./links.ts";
import type { Row } from "./row.ts";
import { SIGN_IN_ROWS } from "./sign-in.ts";

/** All rows, in the order of their numbers. */
export const ROWS: readonly Row[] = [...CACHE_ROWS, ...LINK_ROWS, ...SIGN_IN_ROWS, ...DISCONNECT_ROWS].toSorted(
  (one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)),
);
