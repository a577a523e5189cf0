import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Rolldown } from "tsdown";

type Plugin = Rolldown.Plugin;

const STUB = "\0not-of-node-vault";
/** What node-vault loads, and is given otherwise by the provider: its HTTP client, its commands, and what those need. */
const NOT_OF_NODE_VAULT: ReadonlySet<string> = new Set(["axios", "./commands.js", "debug", "https", "mustache", "tv4"]);

/**
 * node-vault without what is not used of it: our own transport stands where axios would, and loading the others costs more
 * than node-vault itself (docs/adr/0011).
 */
export const nodeVaultInUse: Plugin = {
  name: "node-vault-in-use",
  resolveId: (id: string, importer: string | undefined) =>
    NOT_OF_NODE_VAULT.has(id) && /[\\/]node-vault[\\/]src[\\/]/.test(importer ?? "") ? STUB : undefined,
  load: (id: string) => (id === STUB ? "module.exports = () => {};" : undefined),
};

/**
 * Node's modules as `process` gives them: `require` would be made of `import.meta.url` when the package loads, which is
 * empty where an application is bundled as CommonJS.
 */
export const builtInModules: Plugin = {
  name: "built-in-modules",
  transform: (code: string, id: string) =>
    id.includes("node_modules")
      ? code.replaceAll(/\brequire\((["'])(?:node:)?(events)\1\)/g, 'process.getBuiltinModule("$2")')
      : undefined,
};

const LOCATION = "require('path').join(__dirname, 'core_bg.wasm')";

/** 1Password's WebAssembly as a file beside the bundle: its loader looks for it beside its own source. */
export const onepasswordWasm: Plugin = {
  name: "onepassword-wasm",
  transform: {
    filter: { id: /@1password\/sdk-core\/nodejs\/core\.js$/ },
    handler(code, id) {
      if (!code.includes(LOCATION))
        throw new Error("1Password's loader looks for its WebAssembly another way than before.");
      const source = readFileSync(join(dirname(id), "core_bg.wasm"));
      this.emitFile({ type: "asset", fileName: "core_bg.wasm", source });
      return code.replace(LOCATION, "new URL('./core_bg.wasm', import.meta.url)");
    },
  },
};

const FETCHES = '"function"!=typeof fetch';

/**
 * The window's library as it is for use: React without its checks for developers, Ink without the door to React's tools, and
 * its layout's WebAssembly decoded where it stands: to fetch it, Node would load its HTTP client before the first frame.
 */
export const screenForUse: Plugin = {
  name: "screen-for-use",
  load: (id: string) => (id.endsWith("/ink/build/devtools.js") ? "export {};" : undefined),
  transform(code: string, id: string) {
    if (/\/node_modules\/(?:react|react-reconciler|scheduler)\//.test(id)) {
      return code.replaceAll("process.env.NODE_ENV", '"production"');
    }
    if (!id.endsWith("/yoga-wasm-base64-esm.js")) return undefined;
    if (!code.includes(FETCHES))
      throw new Error("The layout's loader fetches its WebAssembly another way than before.");
    return code.replaceAll(FETCHES, "true");
  },
};

/** Licences under which others' code may be part of what we publish. */
const ALLOWED: ReadonlySet<string> = new Set([
  "MIT",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "BlueOak-1.0.0",
]);

/** The notices of every package of which a part is in the bundle. A licence that is not allowed fails the build. */
export function thirdPartyNotices(file: string): Plugin {
  return {
    name: "third-party-notices",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((one) => (one.type === "chunk" ? one.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const sections = Map.groupBy([...folders].map(licenceOf), ({ text }) => text);
      const notices = [...sections].map(([text, under]) =>
        [...under.map(({ title }) => `--- ${title} ---`).toSorted((a, b) => a.localeCompare(b, "en")), "", text].join(
          "\n",
        ),
      );
      const head = "This package contains parts of the following packages, under their own licences.";
      writeFileSync(file, `${[head, ...notices.toSorted((a, b) => a.localeCompare(b, "en"))].join("\n\n")}\n`);
    },
  };
}

/** The folder of the installed package that a module belongs to; a package may hold further manifests inside. */
const packageFolder = (id: string): string | undefined => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];

/**
 * A package's name and terms, and the text they come with. Packages that share a text share a section.
 *
 * @throws Error if it is under a licence that is not allowed, or if it brings no text and its licence has none here.
 */
export function licenceOf(folder: string): { readonly title: string; readonly text: string } {
  const { author, name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  const offered = licencesOf(license);
  const terms = offered.join(" OR ");
  if (!offered.some((one) => ALLOWED.has(one))) throw new Error(`${name} may not be bundled under ${terms}.`);
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|copying|copyright|notice|third.?party)/i.test(entry))
    .toSorted()
    .map((entry) => readFileSync(join(folder, entry), "utf8").trim());
  const text = texts.length > 0 ? texts.join("\n\n") : standardText(offered, author);
  if (text === undefined) throw new Error(`${name} brings no text of its licence, ${terms}, and licences/ has none.`);
  return { title: `${name} ${version} (${terms})`, text };
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
  readonly author?: string | { readonly name: string };
}

/** The usual text of a licence, in the name of a package's author, for packages that only name their licence. */
function standardText(offered: readonly string[], author: Manifest["author"]): string | undefined {
  if (offered.includes("Apache-2.0")) return readFileSync(join(import.meta.dirname, "LICENSE"), "utf8").trim();
  const holder = typeof author === "object" ? author.name : author;
  if (!offered.includes("MIT") || holder === undefined) return undefined;
  const text = readFileSync(join(import.meta.dirname, "licences", "MIT.txt"), "utf8").trim();
  return text.replace("<holder>", holder);
}

/** The alternatives of an SPDX expression such as `(MIT OR WTFPL)`; some old manifests hold a list of objects instead. */
function licencesOf(held: unknown): readonly string[] {
  if (typeof held === "string") return held.replace(/^\(|\)$/g, "").split(" OR ");
  const one = (entry: unknown): string => String((entry as { readonly type?: unknown } | null)?.type ?? entry);
  return Array.isArray(held) ? held.map(one) : [one(held)];
}
