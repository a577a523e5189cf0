import { ENTRA } from "./rows/entra.ts";
import { LOCAL } from "./rows/local.ts";
import { PLATFORM } from "./rows/platform.ts";
import { PROGRAM } from "./rows/program.ts";
import type { During, Row } from "./rows/row.ts";
import { VAULT } from "./rows/vault.ts";
import { WAY } from "./rows/way.ts";
import type { Seen } from "./seen.ts";

/** Every failure we know; the first that fits counts. */
export const ROWS: readonly Row[] = [...WAY, ...VAULT, ...ENTRA, ...PLATFORM, ...PROGRAM, ...LOCAL];

/** The first row that fits. */
export function findRow({ name, text, exchange, method, program }: Seen, during: During): Row | undefined {
  const said = `${exchange?.text ?? ""}\n${text}`;
  return ROWS.find(
    (row) =>
      (row.during ?? during) === during &&
      (row.peer ?? exchange?.peer ?? "nobody") === (exchange?.peer ?? "nobody") &&
      (row.status?.includes(exchange?.status ?? 0) ?? true) &&
      (exchange?.status === undefined || row.peer === undefined || (row.genuine ?? true) === exchange.genuine) &&
      (row.errors?.includes(exchange?.error ?? "") ?? true) &&
      (row.inner?.includes(exchange?.inner ?? "") ?? true) &&
      fitsNumbers(row, exchange?.numbers) &&
      (row.codes?.some((code) => exchange?.code?.startsWith(code)) ?? true) &&
      (row.late ?? exchange?.late) === exchange?.late &&
      (row.names?.includes(name ?? "") ?? true) &&
      (row.methods === undefined || (method !== undefined && row.methods.includes(method))) &&
      (row.program?.test(program ?? "") ?? true) &&
      (row.says?.some((words) => said.includes(words)) ?? true),
  );
}

function fitsNumbers({ numbers: wanted }: Row, held: readonly number[] | undefined): boolean {
  if (wanted === undefined) return true;
  return held !== undefined && (wanted.length === 0 || held.some((number) => wanted.includes(number)));
}
