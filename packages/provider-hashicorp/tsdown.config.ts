import type { UserConfig } from "tsdown";
import library from "../../tsdown.preset.ts";

/*
 * node-vault goes into the package, without axios: our own transport stands where it would, and loading it costs more
 * than all else together (docs/adr/0011). What an application installs is then this package and nothing below it.
 */
const STUB = "\0no-axios";
const config: UserConfig = {
  ...library,
  deps: { alwaysBundle: ["node-vault"], onlyBundle: ["node-vault", "debug", "ms", "mustache", "tv4"] },
  plugins: [
    {
      // `require` would be made of `import.meta.url` when the package loads, which is empty where an application is bundled
      // as CommonJS.
      name: "built-in-modules",
      transform: (code: string, id: string) =>
        id.includes("node_modules")
          ? code
              .replaceAll(/\brequire\((["'])(?:node:)?(events|https|tty|util)\1\)/g, 'process.getBuiltinModule("$2")')
              .replaceAll(/\brequire\((["'])supports-color\1\)/g, "undefined")
          : undefined,
    },
    {
      name: "no-axios",
      resolveId: (id: string) => (id === "axios" ? STUB : undefined),
      load: (id: string) => (id === STUB ? "export default undefined;" : undefined),
    },
  ],
};
export default config;
