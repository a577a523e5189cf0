import type { UserConfig } from "tsdown";

/** How every published package is built. A warning of the bundler, of publint or of attw fails the build. */
const shared: UserConfig = {
  format: "esm",
  fixedExtension: false,
  failOnWarn: true,
  logLevel: "warn",
  report: false,
  publint: { strict: true },
};

/** A library: ESM and declarations for `src/index.ts`; everything in `dependencies` and `peerDependencies` stays outside. */
const library: UserConfig = {
  ...shared,
  entry: ["src/index.ts"],
  dts: true,
  attw: { profile: "esm-only", level: "error" },
  deps: { onlyBundle: [] },
};
export default library;

/**
 * A command: an entry that answers at once what needs nothing, and pieces that load when they are needed; what several
 * need is one piece. Everything is inlined, the providers and their SDKs too: one package, no dependency.
 */
export const program: UserConfig = {
  ...shared,
  dts: false,
  deps: { alwaysBundle: () => true, onlyBundle: false },
  inputOptions: {
    // What one command imports when it is needed, another imports at once; both can be in one piece.
    checks: { ineffectiveDynamicImport: false },
    resolve: {
      conditionNames: ["source", "module", "node", "import", "default"],
      // Some libraries have an ESM build that only bundlers look for; their other one hides its imports.
      mainFields: ["module", "main"],
    },
  },
  minify: true,
};
