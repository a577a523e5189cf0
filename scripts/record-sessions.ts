import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { drawLines } from "./picture/terminal.ts";
import { pageOf } from "./sessions/page.ts";
import { VAULTS } from "./sessions/vaults.ts";

/* Records the sessions of the site anew, one vault after the other: `pnpm sessions`. */
const folder = (path: string): string => fileURLToPath(new URL(`../docs/site/${path}/`, import.meta.url));
const [pages, pictures] = [folder("src/content/docs/sessions"), folder("public/sessions")];
await mkdir(pages, { recursive: true });
await mkdir(pictures, { recursive: true });
for (const vault of VAULTS) {
  const recorded = await vault.record();
  await writeFile(`${pages}${vault.file}.mdx`, pageOf(vault, recorded));
  await writeFile(
    `${pictures}${vault.file}.svg`,
    drawLines(`A session with ${vault.title}`, recorded.screen.split("\n")),
  );
}
