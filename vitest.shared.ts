import { defineConfig, type ViteUserConfig } from "vitest/config";

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
    // Test processes died of SIGSEGV now and then, at no particular test. A crash in V8's collector that hits the test
    // processes of others is gone without its baseline compiler: https://github.com/nodejs/node/issues/62393
    // It made them rarer, at most: see scripts/run-tests.ts.
    execArgv: ["--no-sparkplug"],
    // In CI the counts of all packages are added up from these files.
    reporters:
      process.env["CI"] === undefined ? ["default"] : ["default", ["json", { outputFile: "coverage/tests.json" }]],
  },
});
export default shared;
