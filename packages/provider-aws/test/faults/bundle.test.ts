import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { useFixture } from "../credentials/fixture.ts";

/** As much of the repository's bundler as is needed here; it comes with the tool that builds the packages. */
interface Bundler {
  readonly build: (options: object) => Promise<unknown>;
}

const fixture = useFixture();
const PACKAGE = new URL("../../", import.meta.url);
let folder: string;

/** A program in CommonJS, in which no module knows its place, as other bundlers leave it. */
beforeAll(async () => {
  folder = await mkdtemp(join(PACKAGE.pathname, "node_modules", ".bundle-"));
  const entry = join(folder, "entry.ts");
  await writeFile(
    entry,
    `import { createVault } from "@vaultlink/core";
     import { aws } from "@vaultlink/provider-aws-source";
     const vault = createVault({ connections: { aws: aws() }, env: process.env });
     vault.get("aws://app/number").then(
       (value) => console.log(value.reveal()),
       (error) => console.log(error.code, error.message),
     ).finally(() => vault.close());`,
  );
  const tool = createRequire(new URL("../../package.json", PACKAGE)).resolve("tsdown");
  const bundler = createRequire(tool).resolve("rolldown");
  const { build } = (await import(pathToFileURL(bundler).href)) as Bundler;
  await build({
    input: entry,
    platform: "node",
    logLevel: "silent",
    resolve: {
      conditionNames: ["source", "node", "require", "default"],
      alias: { "@vaultlink/provider-aws-source": new URL("src/index.ts", PACKAGE).pathname },
    },
    transform: { define: { "import.meta.url": "undefined" } },
    output: { format: "cjs", dir: join(folder, "out") },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "out", "entry.js")], { env });
  return stdout.trim();
}

it("C16: a bundle in CommonJS reads where no thread is needed", async () => {
  expect(await run({ ...fixture.vault.env })).toBe("5432");
});

it("C16: where one is needed it says what to do", async () => {
  const told = await run({ ...fixture.bare, AWS_PROFILE: "dev" });
  expect(told).toMatch(/^invalid_config .*keep @vaultlink\/provider-aws external/);
});
