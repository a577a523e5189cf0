import type { Answers } from "./answers.ts";

/** Files of the template, by path. */
export type Files = ReadonlyMap<string, string>;

/** Versions that a new provider is made for. */
export interface Versions {
  readonly core: string;
  readonly testkit: string;
}

/** The files of a new provider, of a template in the language that was asked for. */
export function filesFor(template: Files, answers: Answers, versions: Versions): Files {
  const files = new Map<string, string>();
  for (const [path, text] of template) {
    if (path.startsWith("test/conformance") && !path.includes(answers.runner === "node" ? ".node." : ".test."))
      continue;
    if (path.startsWith(".changeset/") && answers.release !== "changeset") continue;
    files.set(path.replace(".node.", ".test."), renamed(text, answers.name));
  }
  files.set("package.json", manifest(answers, versions));
  // Not in the template: npm leaves a file of this name out of what it packs.
  files.set(".gitignore", answers.language === "typescript" ? "node_modules\ndist\n" : "node_modules\n");
  if (answers.language === "typescript") {
    files.set("tsconfig.json", json(TSCONFIG));
    files.set("tsconfig.build.json", json(TSCONFIG_BUILD));
  }
  return files;
}

function renamed(text: string, name: string): string {
  const words = name.split("-").map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  const called = words.join("");
  return (
    text
      .replaceAll("ACME", name.toUpperCase().replaceAll("-", "_"))
      .replaceAll("Acme", words.join(" "))
      // A connection's name, which is no identifier where it has a dash.
      .replaceAll(/\bacme(?=: acme\()/g, /-/.test(name) ? JSON.stringify(name) : name)
      .replaceAll(/\bacme\b(?=[,(]|:(?!\/\/)| \()/g, `${called.charAt(0).toLowerCase()}${called.slice(1)}`)
      .replaceAll(
        /(?<=\{ |export \{ plugin|typeof |create: )acme\b/g,
        `${called.charAt(0).toLowerCase()}${called.slice(1)}`,
      )
      .replaceAll("acme", name)
  );
}

function manifest({ name, language, runner, release }: Answers, versions: Versions): string {
  const typescript = language === "typescript";
  const ending = typescript ? "ts" : "js";
  const entry = typescript ? "dist" : "src";
  // Node before 22.18 runs TypeScript only when told to; later ones take the flag, too.
  const node = typescript ? "node --experimental-strip-types --disable-warning=ExperimentalWarning" : "node";
  const content = {
    name: `vaultlink-provider-${name}`,
    version: "0.1.0",
    description: `Reads secrets from ${name} for vaultlink.`,
    keywords: ["vaultlink", "vaultlink-provider"],
    license: "UNLICENSED",
    type: "module",
    engines: { node: ">=22.12" },
    files: [entry],
    exports: {
      ".": { ...(typescript && { types: "./dist/index.d.ts" }), default: `./${entry}/index.js` },
    },
    scripts: {
      ...(typescript && { build: "tsc -p tsconfig.build.json", typecheck: "tsc", prepack: "npm run build" }),
      test: runner === "vitest" ? "vitest run" : `${node} --test test/*.test.${ending}`,
      vault: `${node} scripts/vault.${ending}`,
      "data-sheet": `${node} scripts/data-sheet.${ending}`,
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
  return json(content);
}

/** Checks everything, the tests too. */
const TSCONFIG = {
  compilerOptions: {
    ...{ target: "es2024", module: "nodenext", types: ["node"], strict: true, exactOptionalPropertyTypes: true },
    ...{ noEmit: true, allowImportingTsExtensions: true, rewriteRelativeImportExtensions: true },
    erasableSyntaxOnly: true,
  },
  include: ["src", "test", "scripts"],
};

/** Builds what is published. */
const TSCONFIG_BUILD = {
  extends: "./tsconfig.json",
  compilerOptions: { noEmit: false, declaration: true, outDir: "dist", rootDir: "src" },
  include: ["src"],
};

const json = (content: object): string => `${JSON.stringify(content, null, 2)}\n`;
