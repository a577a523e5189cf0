import { builtinModules, createRequire, isBuiltin } from "node:module";
import { promisify } from "node:util";
import type { Rolldown } from "tsdown";

type Plugin = Rolldown.Plugin;

/**
 * Node's modules as `process` gives them, in the whole bundle. An import statement would make a module of each of Node's
 * with all its names, and so load what some of those stand for, such as `fetch` behind `node:http`. Functions of those that
 * take long to load are looked up when they are called. Some library has a `process` of its own, by an import as well.
 */
export const builtInsByProcess: Plugin = {
  name: "built-ins-by-process",
  renderChunk(code, { imports, fileName }) {
    const rendered = code.replaceAll(BUILT_IN, (_statement, ...found: unknown[]) => {
      const [all, one, several, name = ""] = found as [string?, string?, string?, string?];
      const module = `globalThis.process.getBuiltinModule("${name}")`;
      const whole = [all, one].filter((binding) => binding !== undefined);
      return [...whole.map((binding) => `const ${binding} = ${module};`), ...named(several, name, module)].join(" ");
    });
    const left = imports.find((name) => isBuiltin(name) && rendered.includes(`from "${name}"`));
    if (left !== undefined) throw new Error(`${fileName} imports ${left} in a way that is not known here.`);
    return rendered;
  },
};

/** An import of one of Node's modules: as a whole, by its default, by some of its names. */
const BUILT_IN = new RegExp(
  `^import (?:\\* as ([\\w$]+)|([\\w$]+))?(?:, )?(?:\\{([^}]*)\\})? from "((?:node:)?(?:${builtinModules
    .filter((name) => !name.includes(":"))
    .join("|")}))";$`,
  "gm",
);

/** What Node does not have in its snapshot, and takes a millisecond or more to load (measured). */
const SLOW: ReadonlySet<string> = new Set(
  ["child_process", "crypto", "dns", "fs/promises", "http", "https", "net", "readline", "stream", "tls"]
    .concat(["timers/promises", "worker_threads", "zlib"])
    .flatMap((name) => [name, `node:${name}`]),
);

/** Declarations of what an import names: of slow modules the functions wait until they are called. */
function named(several: string | undefined, name: string, module: string): readonly string[] {
  const pairs = (several ?? "").split(",").flatMap((part) => {
    const [imported, local = imported] = part.trim().split(/\s+as\s+/);
    return imported && local ? [{ imported, local }] : [];
  });
  const waits = ({ imported }: { readonly imported: string }): boolean =>
    SLOW.has(name) && isPlainFunction(name, imported);
  const now = pairs.filter((pair) => !waits(pair)).map(({ imported, local }) => `${imported}: ${local}`);
  const later = pairs
    .filter(waits)
    .map(({ imported, local }) => `const ${local} = (...args) => ${module}.${imported}(...args);`);
  return [...(now.length > 0 ? [`const {${now.join(", ")}} = ${module};`] : []), ...later];
}

const require = createRequire(import.meta.url);

/** Not a class, and without a form of its own for `promisify`, which the function in its place would not have. */
function isPlainFunction(module: string, name: string): boolean {
  const found = (require(module) as Readonly<Record<string, unknown>>)[name];
  return typeof found === "function" && /^[a-z]/.test(name) && !(promisify.custom in found);
}

const CLOCK =
  /typeof performance\s*===?\s*["']object["']\s*&&\s*performance\s*&&\s*typeof performance\.now\s*===?\s*["']function["']\s*\?\s*performance\s*:\s*Date/;

/** Core counts ages itself: the clock that lru-cache takes by default is never read, and loads all that measures performance. */
export const clockOfLruCache: Plugin = {
  name: "clock-of-lru-cache",
  transform(code: string, id: string) {
    if (!/\/lru-cache\/dist\/.*\/index\.min\.js$/.test(id)) return undefined;
    if (!CLOCK.test(code)) throw new Error("lru-cache takes its clock in another way than before.");
    return code.replace(CLOCK, "Date");
  },
};

/** A file of the bundle that only hands on what another one has, under its own names. */
const HANDS_ON = /^export\{([^}]*)\}from"\.\/([^"]+)";\s*$/;

/**
 * What is imported when it is needed comes from the file that has it. The bundler puts a file between the two where several
 * pieces are in one file, and each file costs time to find, to read and to link.
 */
export const directImports: Plugin = {
  name: "direct-imports",
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === "chunk");
    const between = new Map(
      chunks.flatMap(({ fileName, code, isEntry }) => {
        const [, names, from] = HANDS_ON.exec(code) ?? [];
        return isEntry || names === undefined || from === undefined ? [] : [[fileName, { names, from }] as const];
      }),
    );
    for (const chunk of chunks) {
      chunk.code = chunk.code.replaceAll(/\bimport\(`\.\/([^`]+)`\)/g, (call, file: string) => {
        const found = between.get(file);
        return found ? `import(\`./${found.from}\`).then(e=>({${picked(found.names)}}))` : call;
      });
    }
    for (const file of between.keys()) {
      if (!chunks.some(({ fileName, code }) => !between.has(fileName) && code.includes(`/${file}`)))
        delete bundle[file];
    }
  },
};

/** `t as open` as a property that has it. */
const picked = (names: string): string =>
  names
    .split(",")
    .map((part) => part.split(" as "))
    .map(([held, name = held]) => `${name}:e.${held}`)
    .join(",");
