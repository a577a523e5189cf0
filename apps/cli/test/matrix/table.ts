import type { Backend } from "./backend.ts";
import { VAULTS } from "./columns.ts";
import type { Row } from "./rows/row.ts";
import type { Face } from "./user.ts";

/** What became of one row on one server, in one face. */
export interface Cell {
  readonly row: Row["id"];
  readonly face: Face["name"];
  readonly vault: Backend["vault"];
  readonly server: string;
  /** Why it does not apply; absent where it was shown. */
  readonly reason?: string;
}

const FACES: readonly Face["name"][] = ["library", "command"];

/** The table as Markdown: in each cell the servers that showed it, or the number of the reason why none did. */
export function tableOf(rows: readonly Row[], cells: readonly Cell[]): string {
  const reasons: string[] = [];
  const heads = VAULTS.flatMap((vault) => FACES.map((face) => `${vault}, ${face}`));
  const lines = rows.map(({ id, title }) => {
    const texts = VAULTS.flatMap((vault) =>
      FACES.map((face) => {
        const own = cells.filter((cell) => cell.row === id && cell.vault === vault && cell.face === face);
        const shown = own.flatMap(({ reason, server }) => (reason === undefined ? server : []));
        if (shown.length > 0) return shown.join(", ");
        const reason = own[0]?.reason ?? "It was not run.";
        if (!reasons.includes(reason)) reasons.push(reason);
        return `– [${reasons.indexOf(reason) + 1}]`;
      }),
    );
    return [id, title, ...texts];
  });
  const table = [["", "", ...heads], ["", "", ...heads].map(() => "---"), ...lines];
  return [
    ...table.map((line) => `| ${line.join(" | ")} |`),
    "",
    ...reasons.map((text, at) => `${at + 1}. ${text}`),
  ].join("\n");
}
