import type { Answers } from "./answers.ts";
import { toJavaScript } from "./to-javascript.ts";

/** Files of the template, by path. */
export type Files = ReadonlyMap<string, string>;

/** Versions that a new provider is made for. */
export interface Versions {
  readonly core: string;
  readonly testkit: string;
}

/** The files of a new provider. */
export function filesFor(template: Files, answers: Answers, versions: Versions): Files {
  const files = new Map<string, string>();
  for (const [path, text] of template) {
    if (path.startsWith("test/conformance") && !path.includes(answers.runner === "node" ? ".node." : ".test."))
      continue;
    if (path.startsWith(".changeset/") && answers.release !== "changeset") continue;
    const target = path.replace(".node.", ".test.");
    const named = renamed(text, answers.name);
    if (!path.endsWith(".ts") || answers.language === "typescript") files.set(target, named);
    else files.set(target.replace(/\.ts$/, ".js"), toJavaScript(named));
  }
  files.set("package.json", manifest(answers, versions));
  // Not in the template: npm leaves a file of this name out of what it packs.
  files.set(".gitignore", answers.language === "typescript" ? "node_modules\ndist\n" : "node_modules\n");
  if (answers.language === "typescript") files.set("tsconfig.json", TSCONFIG);
  return files;
}

function renamed(text: string, name: string): string {
  const words = name.split("-").map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const called = words.join("");
  return text
    .replaceAll("ACME", name.toUpperCase().replaceAll("-", "_"))
    .replaceAll("Acme", words.join(" "))
    .replaceAll(/\bacme\b(?=[,(:]| \()/g, `${called.charAt(0).toLowerCase()}${called.slice(1)}`)
    .replaceAll(
      /(?<=\{ |export \{ plugin|typeof |create: )acme\b/g,
      `${called.charAt(0).toLowerCase()}${called.slice(1)}`,
    )
    .replaceAll("acme", name);
}

function manifest({ name, language, runner, release }: Answers, versions: Versions): string {
  const typescript = language === "typescript";
  const ending = typescript ? "ts" : "js";
  const entry = typescript ? "dist" : "src";
  const content = {
    name: `vaultlink-provider-${name}`,
    version: "0.1.0",
    description: `Reads secrets from ${name} for vaultlink.`,
    keywords: ["vaultlink", "vaultlink-provider"],
    license: "UNLICENSED",
    type: "module",
    engines: { node: ">=22.18" },
    files: [entry],
    exports: {
      ".": { ...(typescript && { types: "./dist/index.d.ts" }), default: `./${entry}/index.js` },
    },
    scripts: {
      ...(typescript && { build: "tsc -p tsconfig.json", prepack: "npm run build" }),
      test: runner === "vitest" ? "vitest run" : `node --test test/*.test.${ending}`,
      "data-sheet": `node scripts/data-sheet.${ending}`,
      ...(release === "changeset" && { release: "changeset publish" }),
    },
    peerDependencies: { "@vaultlink/core": versions.core },
    devDependencies: {
      "@vaultlink/core": versions.core,
      "@vaultlink/testkit": versions.testkit,
      ...(typescript && { "@types/node": "^24.0.0", typescript: "^7.0.2" }),
      ...(runner === "vitest" && { vitest: "^5.1.1" }),
      ...(release === "changeset" && { "@changesets/cli": "^3.0.3" }),
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      ...{ target: "es2024", module: "nodenext", types: ["node"], strict: true, exactOptionalPropertyTypes: true },
      ...{ declaration: true, outDir: "dist", rootDir: "src", rewriteRelativeImportExtensions: true },
    },
    include: ["src"],
  },
  null,
  2,
)}\n`;
