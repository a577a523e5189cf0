import type { Manifest, Package, Rule } from "./workspace.ts";

/** Below `packages/provider-*`: the same files in every provider, so that who knows one knows all. */
const PROVIDER_FILES = [
  "README.md",
  ...["index", "options", "locator", "read", "errors", "plugin"].map((name) => `src/${name}.ts`),
];

/** Every provider has the files of the others, and passes the conformance cases. */
export const providers: Rule = ({ packages, files }) =>
  packages
    .filter(({ folder }) => folder.startsWith("packages/provider-"))
    .flatMap(({ folder }) => {
      const missing = PROVIDER_FILES.filter((file) => !files.has(`${folder}/${file}`)).map(
        (file) => `${folder}: has no ${file}`,
      );
      const proof = new RegExp(`^${folder}/test/(.+/)?[^/]*conformance[^/]*\\.test\\.ts$`);
      return [...files].some((file) => proof.test(file))
        ? missing
        : [...missing, `${folder}: has no test/conformance.test.ts`];
    });

/** What is published explains itself, says where it was built, and shows no one its sources. */
export const published: Rule = ({ packages, files }) =>
  packages
    .filter(({ manifest, folder }) => manifest.private !== true && folder !== "")
    .flatMap(({ folder, manifest }) => [
      ...(files.has(`${folder}/README.md`) ? [] : [`${folder}: has no README.md`]),
      ...(manifest.publishConfig?.provenance === true
        ? []
        : [`${folder}/package.json: publishConfig.provenance must be true`]),
      ...(JSON.stringify(manifest.publishConfig?.exports ?? {}).includes('"source"')
        ? [`${folder}/package.json: publishConfig.exports must not have the condition "source"`]
        : []),
    ]);

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;
const FIELDS = ["dependencies", "devDependencies", "optionalDependencies"] as const satisfies (keyof Manifest)[];

/** Every dependency is pinned exactly, here or in the catalog. A peer may be a range: its user decides. */
export const pins: Rule = ({ packages }) =>
  packages.flatMap((own) =>
    FIELDS.flatMap((field) => Object.entries(own.manifest[field] ?? {}))
      .filter(([, range]) => !EXACT.test(range) && !/^(workspace|catalog):/.test(range))
      .map(([name, range]) => `${manifestOf(own)}: ${name} is "${range}"; pin one exact version`),
  );

/** The command is one bundle: at run time it needs only what it loads on demand. */
export const bundled: Rule = ({ packages }) =>
  packages
    .filter(({ folder }) => folder === "apps/cli")
    .flatMap((own) =>
      Object.keys(own.manifest.dependencies ?? {})
        .filter((name) => !name.startsWith("@vaultlink/"))
        .map((name) => `${manifestOf(own)}: ${name} is bundled; it belongs in devDependencies`),
    );

function manifestOf({ folder }: Package): string {
  return folder === "" ? "package.json" : `${folder}/package.json`;
}
