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
    // In CI the counts of all packages are added up from these files.
    reporters:
      process.env["CI"] === undefined ? ["default"] : ["default", ["json", { outputFile: "coverage/tests.json" }]],
  },
});
export default shared;
