import { globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/** The parts of a manifest that a release looks at. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly keywords?: readonly string[];
  /** What replaces other members when the package is packed. */
  readonly publishConfig?: { readonly exports?: Readonly<Record<string, { readonly types: string }>> };
  readonly repository?: { readonly type: "git"; readonly url: string; readonly directory?: string };
}

/** A package that is published, and where its manifest is. */
export interface Published {
  readonly file: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Every package that is published. */
export function publishedPackages(): readonly Published[] {
  return globSync(["packages/*/package.json", "apps/*/package.json"], { cwd: ROOT })
    .toSorted()
    .map((path) => ({ file: join(ROOT, path), folder: dirname(path), manifest: readManifest(join(ROOT, path)) }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** The address of the public repository: `repository` in the workspace's own package.json, its one place. */
export function repositoryAddress(): string | undefined {
  return (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { readonly repository?: string }).repository;
}

/** Writes the repository's address into the manifest of every published package. Returns those that changed. */
export function writeRepository(address: string): readonly string[] {
  return publishedPackages().flatMap(({ file, folder, manifest }) => {
    const repository = { type: "git", url: `git+${address}.git`, directory: folder } as const;
    if (JSON.stringify(manifest.repository) === JSON.stringify(repository)) return [];
    writeFileSync(file, `${JSON.stringify({ ...manifest, repository }, null, 2)}\n`);
    return [manifest.name];
  });
}

const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, "utf8")) as Manifest;
