import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runIn } from "./tools.ts";

/** A bundler, what it makes of `program.mjs`, and how. */
export interface Bundle {
  readonly title: string;
  /** What it makes, from the stranger's folder. */
  readonly file: string;
  readonly command: readonly [string, ...string[]];
  /** Vaults whose SDK this bundler cannot carry: what vaultlink says then is checked instead of the value. */
  readonly cannot: readonly string[];
}

/** 1Password's SDK runs in a thread, whose file these two do not bring along. */
const THREAD = ["ONEPASSWORD"];

const esbuild = (format: "esm" | "cjs", file: string, cannot: readonly string[]): Bundle => ({
  title: `esbuild, ${format}`,
  file,
  command: [
    "node_modules/.bin/esbuild",
    ...["program.mjs", "--bundle", "--platform=node", `--format=${format}`, `--outfile=${file}`, "--log-level=error"],
  ],
  cannot,
});

const rollup = (format: "es" | "cjs", file: string): Bundle => ({
  title: `rollup, ${format}`,
  file,
  command: [process.execPath, "rollup.mjs", format, file],
  cannot: THREAD,
});

const webpack = (format: "module" | "commonjs2", file: string): Bundle => ({
  title: `webpack, ${format}`,
  file,
  command: [process.execPath, "webpack.mjs", format, file],
  cannot: [],
});

export const BUNDLES: readonly Bundle[] = [
  // Packages in CommonJS call `require`, which esbuild replaces in ES modules by a function that only throws.
  esbuild("esm", "out/esbuild/main.mjs", ["AWS", "AZURE", ...THREAD]),
  esbuild("cjs", "out/esbuild/main.cjs", THREAD),
  rollup("es", "out/rollup-es/main.mjs"),
  rollup("cjs", "out/rollup-cjs/main.cjs"),
  webpack("module", "out/webpack-module/main.mjs"),
  webpack("commonjs2", "out/webpack-commonjs/main.cjs"),
];

const ROLLUP = `import commonjs from "@rollup/plugin-commonjs";
import json from "@rollup/plugin-json";
import resolve from "@rollup/plugin-node-resolve";
import { basename, dirname, extname } from "node:path";
import { rollup } from "rollup";

const [format, file] = process.argv.slice(2);
const plugins = [resolve({ preferBuiltins: true, exportConditions: ["node"] }), commonjs(), json()];
const bundle = await rollup({ input: "program.mjs", plugins, onwarn() {} });
const chunkFileNames = "[name]-[hash]" + extname(file);
await bundle.write({ dir: dirname(file), entryFileNames: basename(file), chunkFileNames, format });
`;

const WEBPACK = `import { basename, dirname, resolve } from "node:path";
import webpack from "webpack";

const [type, file] = process.argv.slice(2);
const output = { path: resolve(dirname(file)), filename: basename(file), library: { type } };
const esm = type === "module" && { experiments: { outputModule: true } };
const module = type === "module" && { module: true, chunkFormat: "module" };
webpack({ mode: "production", target: "node22", entry: "./program.mjs", ...esm, output: { ...output, ...module } }, (error, stats) => {
  if (error || stats.hasErrors()) {
    console.error(error ?? stats.toString({ all: false, errors: true }));
    process.exitCode = 1;
  }
});
`;

/** Makes a bundle in the stranger's folder. Returns what the bundler complained about, if it failed. */
export async function makeBundle(folder: string, { command }: Bundle): Promise<string | undefined> {
  writeFileSync(join(folder, "rollup.mjs"), ROLLUP);
  writeFileSync(join(folder, "webpack.mjs"), WEBPACK);
  const { ok, text } = await runIn(folder, process.env, command);
  return ok ? undefined : text.trim().slice(0, 500);
}
