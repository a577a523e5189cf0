import { fileURLToPath } from "node:url";
import ts from "typescript";
import { shown } from "./declarations.ts";
import { sectionsOf } from "./entry.ts";

/** A page of all that one entry of a package exports. */
export interface ApiPage {
  /** Its name in docs/providers. */
  readonly file: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

const ENTRIES = [
  { file: "api.md", entry: "packages/core/src/provider.ts", name: "@vaultlink/core/provider" },
  { file: "api-testkit.md", entry: "packages/testkit/src/index.ts", name: "@vaultlink/testkit" },
  { file: "api-mutants.md", entry: "packages/testkit/src/mutants/index.ts", name: "@vaultlink/testkit/mutants" },
] as const;

/** The pages that tell authors of providers all they may call, made of the declarations and their comments. */
export function authorApi(): readonly ApiPage[] {
  const options: ts.CompilerOptions = {
    ...{
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ESNext,
    },
    ...{ strict: true, noEmit: true, allowImportingTsExtensions: true, customConditions: ["source"] },
  };
  const program = ts.createProgram(
    ENTRIES.map(({ entry }) => `${ROOT}${entry}`),
    options,
  );
  const checker = program.getTypeChecker();
  const known = new Set<ts.Declaration>();
  return ENTRIES.map(({ file, entry, name }) => {
    const source = program.getSourceFile(`${ROOT}${entry}`);
    if (source === undefined) throw new Error(`There is no ${entry}.`);
    const sections = sectionsOf(source, checker, known).map(({ heading, declarations }) => {
      const code = declarations.map(shown).join("\n\n");
      return `## ${heading}\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
    });
    return { file, text: [headOf(name), ...sections].join("\n") };
  });
}

const headOf = (name: string): string => `# All of \`${name}\`

<!-- Made of the declarations and their comments: pnpm --filter @vaultlink/site author-api. Do not edit. -->

What stands below a declaration and is part of it without being exported is shown with it. Times are in ms since the epoch, and
durations in ms, where nothing else is said. What is thrown is a \`SecretError\` of the code that the comment names.
`;
