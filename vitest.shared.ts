import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/*
 * Node strips the types of a thread's sources with WebAssembly, and V8 can lose track of the pages it may write code to where
 * threads with WebAssembly come and go: the process ends with SIGSEGV, https://github.com/nodejs/node/issues/64500. What Node
 * keeps is stripped once.
 */
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, "node_modules/.cache/compiled");

/** What every package's tests share: sources are used unbuilt, and no test may hang. */
const shared: ViteUserConfig = defineConfig({
  ssr: { resolve: { conditions: ["source", "module", "node", "import", "default"] } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    passWithNoTests: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    restoreMocks: true,
    // What is waited for comes; when, depends on how busy the machine is.
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // In CI the counts of all packages are added up from these files.
    reporters:
      process.env["CI"] === undefined ? ["default"] : ["default", ["json", { outputFile: "coverage/tests.json" }]],
  },
});
export default shared;
