import type { Import } from "./imports.ts";

/** What one package says about itself: the parts of its package.json that a rule reads. */
export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly provenance?: boolean; readonly exports?: unknown };
}

/** One package of the workspace. The root is one, with the folder `""`. */
export interface Package {
  /** From the root, with forward slashes: `packages/core`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** One file of code, not generated. */
export interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** All that the rules know. */
export interface Workspace {
  readonly packages: readonly Package[];
  /** Every file that git tracks or would track, from the root. */
  readonly files: ReadonlySet<string>;
  readonly sources: readonly Source[];
}

/** What is wrong, and where: one line for the person who mends it. */
export type Rule = (workspace: Workspace) => readonly string[];

/** Whether a file is there for the tests only. */
export function isTest(path: string): boolean {
  return /\.test(-d)?\.[a-z]+$/.test(path) || path.split("/").includes("test");
}

/** The package that a file belongs to: the one with the longest folder. */
export function packageOf(path: string, workspace: Workspace): Package | undefined {
  return workspace.packages
    .filter(({ folder }) => folder === "" || path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.folder.length - a.folder.length)[0];
}
