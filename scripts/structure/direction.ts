import { packageNameOf, targetOf } from "./imports.ts";
import { CORE_ROOMS } from "./layers.ts";
import { isTest, packageOf, type Rule, type Workspace } from "./workspace.ts";

const CORE = "packages/core/src/";

/** Files of the core import only from their own room and from those below it. */
export const layers: Rule = ({ sources }) =>
  sources
    .filter(({ path }) => path.startsWith(CORE) && !isTest(path))
    .flatMap(({ path, imports }) => {
      const own = roomOf(path);
      if (own === -1) return [`${path}: in no room of the core; add it to CORE_ROOMS in scripts/structure/layers.ts`];
      return imports.flatMap(({ specifier, line }) => {
        const target = targetOf(path, specifier);
        const room = target === undefined ? -1 : roomOf(target);
        if (room <= own) return [];
        const [from, to] = [CORE_ROOMS[own]?.room, CORE_ROOMS[room]?.room];
        return [`${path}:${line}: imports ${specifier} (room ${to}) from room ${from}; imports point down`];
      });
    });

/** The index of the room that a file is in, by its longest path; -1 for none. */
function roomOf(path: string): number {
  const file = path.slice(CORE.length);
  let [found, length] = [-1, 0];
  for (const [index, { paths }] of CORE_ROOMS.entries()) {
    for (const one of paths) {
      if (one.length <= length || !(one.endsWith("/") ? file.startsWith(one) : file === one)) continue;
      [found, length] = [index, one.length];
    }
  }
  return found;
}

/** What each package may import of the others in its shipped code. Its tests may use the kit and the stand-ins too. */
const ALLOWED: readonly { readonly folder: RegExp; readonly imports: RegExp }[] = [
  { folder: /^packages\/core$/, imports: /^$/ },
  { folder: /^packages\/stand-ins$/, imports: /^$/ },
  { folder: /^packages\/(provider-.+|testkit|agent|postman)$/, imports: /^@vaultlink\/core$/ },
  { folder: /^packages\/test-support$/, imports: /^@vaultlink\/(core|testkit|stand-ins)$/ },
  { folder: /^packages\/screen$/, imports: /^$/ },
  { folder: /^apps\/cli$/, imports: /^@vaultlink\/(core|agent|screen|provider-.+)$/ },
  // The template is what others write: it uses what they get.
  { folder: /^packages\/create-provider$/, imports: /^@vaultlink\/(core|testkit)$/ },
  { folder: /^(benchmarks|docs\/site|examples\/.+|scripts)$/, imports: /./ },
];
const FOR_TESTS = /^@vaultlink\/(core|testkit|stand-ins|test-support)$/;

/** Packages point one way: providers at the core, the command at all, nothing at the command, no provider at another. */
export const directions: Rule = (workspace) => {
  const known = new Set(workspace.packages.map(({ manifest }) => manifest.name));
  return workspace.sources.flatMap(({ path, imports }) => {
    const from = packageOf(path, workspace);
    if (from === undefined || from.folder === "") return [];
    const rule = ALLOWED.find(({ folder }) => folder.test(from.folder));
    return imports.flatMap(({ specifier, line }) => {
      const target = targetOf(path, specifier);
      if (target !== undefined) return leaves(target, from.folder, workspace, `${path}:${line}`);
      const name = packageNameOf(specifier);
      if (name === undefined || !known.has(name) || name === from.manifest.name) return [];
      if (rule?.imports.test(name) === true || (mayTest(path, from.folder) && FOR_TESTS.test(name))) return [];
      return [`${path}:${line}: ${from.folder} must not import ${name}; see ALLOWED in scripts/structure/direction.ts`];
    });
  });
};

/** The stand-ins serve the tests of others, so their own tests use none of the packages they would then prove. */
function mayTest(path: string, folder: string): boolean {
  return isTest(path) && folder !== "packages/stand-ins";
}

/** A relative import that reaches into another package hides a dependency. The configuration at the root is shared. */
function leaves(target: string, folder: string, workspace: Workspace, where: string): string[] {
  const other = packageOf(target, workspace);
  if (other === undefined || other.folder === folder || other.folder === "") return [];
  return [`${where}: reaches into ${other.folder} by a relative path; import ${other.manifest.name}`];
}
