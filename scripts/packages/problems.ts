import type { Packed, PackedManifest } from "./pack.ts";

const EXPECTED =
  /^(package\.json|README\.md|LICENSE|THIRD-PARTY\.txt|CHANGELOG\.md|dist\/[^/]+\.(js|d\.ts)|schema\/[^/]+\.json)$/;
const REQUIRED = ["README.md", "LICENSE"];

/** What is wrong with a package as published. Packing is what applies `publishConfig`, so the folder shows none of it. */
export function problemsOf({
  manifest,
  files,
}: Pick<Packed, "files"> & { readonly manifest: PackedManifest }): string[] {
  const found: string[] = [];
  if (JSON.stringify(manifest.exports ?? {}).includes('"source"'))
    found.push('its exports name the condition "source"');
  for (const [name, range] of Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies })) {
    if (/^(workspace|catalog|link|file):/.test(range))
      found.push(`it depends on ${name} by "${range}", which means nothing outside`);
  }
  for (const file of REQUIRED) if (!files.includes(file)) found.push(`it has no ${file}`);
  for (const file of files) if (!EXPECTED.test(file)) found.push(`it contains ${file}`);
  return found;
}
