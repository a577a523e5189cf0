import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { checkLinks } from "./links/check.ts";

/** Builds the site into `dist` and checks its links: `pnpm docs:build`. Ends with 1 if a link leads nowhere. */
const folder = fileURLToPath(new URL("../", import.meta.url));
await rm(`${folder}dist`, { recursive: true, force: true });
await run(["--conditions=source", "scripts/generate.ts"]);
await run(["node_modules/astro/bin/astro.mjs", "build"]);
const { pages, links, broken } = await checkLinks(`${folder}dist`);
for (const { page, target } of broken) console.error(`${page}: ${target} leads nowhere`);
console.log(`${pages} pages, ${links} links, ${broken.length} broken.`);
if (broken.length > 0) process.exitCode = 1;

async function run(args: readonly string[]): Promise<void> {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}.`);
}
