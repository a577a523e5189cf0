import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { Backend } from "./backend.ts";
import { SERVERS } from "./columns.ts";
import { COMMAND } from "./command.ts";
import { LIBRARY } from "./library.ts";
import { pageOf } from "./page.ts";
import { ROWS } from "./rows/index.ts";
import type { Scene } from "./rows/row.ts";
import { type Cell, tableOf } from "./table.ts";
import type { Face } from "./user.ts";

/** Every row on every server in both faces, and then the page that shows the table. */
export async function describeMatrix(page: string): Promise<void> {
  /** What ended well, or does not apply. */
  const cells: Cell[] = [];
  const absent: string[] = [];
  for (const { find, start } of SERVERS) {
    // With VAULTLINK_REQUIRE_BACKENDS this throws where a server is missing.
    const found = find?.() ?? {};
    if ("missing" in found) absent.push(String(found.missing));
    else {
      const backend = await start();
      afterAll(() => backend.stop());
      for (const face of [LIBRARY, COMMAND]) describeColumn(backend, face, cells);
    }
  }
  describe("the page that shows the table", () => {
    it.skipIf(absent.length > 0)(`is up to date: vitest run -u test/matrix. ${absent.join(" ")}`, async () => {
      const table = tableOf(ROWS, cells);
      process.stdout.write(`${table}\n`);
      await expect(pageOf(table)).toMatchFileSnapshot(page);
    });
  });
}

function describeColumn(backend: Backend, face: Face, cells: Cell[]): void {
  const { server, vault } = backend;
  describe(`${vault}, ${server}, ${face.name}`, () => {
    for (const { exempt, id, run, title } of ROWS) {
      if (backend.rows?.has(id) === false) continue;
      const cell: Cell = { row: id, face: face.name, vault, server };
      const reason = exempt?.(backend, face.name);
      if (reason !== undefined) cells.push({ ...cell, reason });
      it.skipIf(reason !== undefined)(`${id} ${reason ?? title}`, async () => {
        await run(await sceneOf(backend, face));
        cells.push(cell);
      });
    }
  });
}

/** Everything works, and a user has not connected yet. */
async function sceneOf(backend: Backend, face: Face): Promise<Scene> {
  backend.mend();
  await backend.restore();
  const another: Scene["another"] = async (options) => {
    const user = await face.start(backend, options);
    onTestFinished(() => user.end());
    return user;
  };
  return { backend, another, user: await another(), face: face.name };
}
