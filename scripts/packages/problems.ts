import type { Packed, PackedManifest } from "./pack.ts";

const EXPECTED = [
  /^(package\.json|README\.md|LICENSE|THIRD-PARTY\.txt|CHANGELOG\.md|PROTOCOL\.md|schema\/(output\/)?[^/]+\.json|man\/vaultlink\.1)$/,
  /^dist\/(mutants\/)?[^/]+\.(js|d\.ts|wasm)$/,
  // Pages for authors of providers, and what a new provider is made from.
  /^dist\/providers\/(badges\/)?[^/]+\.(md|svg)$/,
  /^template\//,
  /^dist\/javascript\/.+\.js$/,
];
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
  if (manifest.bin !== undefined) {
    const installed = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    if (installed.length > 0) found.push(`it is a command and installs ${installed.join(", ")} besides`);
    // A scaffold bundles nothing.
    if (!files.includes("THIRD-PARTY.txt") && !files.some((file) => file.startsWith("template/")))
      found.push("it bundles others' code and has no THIRD-PARTY.txt");
  }
  for (const file of REQUIRED) if (!files.includes(file)) found.push(`it has no ${file}`);
  for (const file of files) if (!EXPECTED.some((expected) => expected.test(file))) found.push(`it contains ${file}`);
  return found;
}
