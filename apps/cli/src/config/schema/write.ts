import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPlugin, PROVIDERS } from "../../providers.ts";
import { outputSchemas } from "../../output/schema/published.ts";
import { publishedSchemas } from "./published.ts";

/** Writes the schemas that are published with the command: `pnpm run schema`. */
const folder = join(import.meta.dirname, "../../../schema");
const plugins = await Promise.all(Object.keys(PROVIDERS).map((name) => loadPlugin(PROVIDERS, name)));
await mkdir(join(folder, "output"), { recursive: true });
for (const [file, schema] of Object.entries({ ...publishedSchemas(plugins), ...outputSchemas() })) {
  await writeFile(join(folder, file), `${JSON.stringify(schema, null, 2)}\n`);
}
