/** One thing that CI runs. It has failed if it ends with anything but 0. */
export interface Step {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  /** Set beside the run's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Nothing after it can work without it. */
  readonly vital?: true;
}

/** The command that the README gives to whoever wants to run `script` on any Node. CI types exactly that. */
export function readmeCommand(script: "demo" | "test"): Step["command"] {
  return ["npx", "-y", "-p", "node@24", "-p", "pnpm@11.22.0", "--", "pnpm", script];
}

/** What CI runs, in order. `evidence`: the log and the temporary folder of the run, to be scanned at the end. */
export function steps(evidence: readonly string[]): readonly Step[] {
  return [
    { name: "install", command: ["pnpm", "install", "--frozen-lockfile"], vital: true },
    { name: "servers", command: ["pnpm", "backends"] },
    { name: "test", command: readmeCommand("test"), env: { VAULTLINK_REQUIRE_BACKENDS: "1" } },
    { name: "demo", command: readmeCommand("demo") },
    { name: "build", command: ["pnpm", "build"] },
    { name: "lint", command: ["pnpm", "lint"] },
    { name: "format", command: ["pnpm", "check:format"] },
    { name: "types", command: ["pnpm", "typecheck"] },
    { name: "unused code", command: ["pnpm", "check:unused"] },
    { name: "structure", command: ["pnpm", "check:structure"] },
    { name: "site", command: ["pnpm", "docs:build"] },
    { name: "packages", command: ["node", "scripts/check-packages.ts"] },
    { name: "API reports", command: ["node", "scripts/api-reports.ts", "--check"] },
    { name: "audit", command: ["node", "scripts/audit.ts"] },
    { name: "canaries", command: ["node", "scripts/scan-canaries.ts", ...evidence] },
  ];
}
