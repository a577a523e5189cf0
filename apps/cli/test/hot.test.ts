import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { type AgentShell, connected } from "./agent-shell.ts";
import { SPY } from "./spy.ts";

// Packed, there are no sources to be seen loading.
vi.hoisted(() => delete process.env["VAULTLINK_TEST_MAIN"]);

const ROOT = join(import.meta.dirname, "../../..");

/** What a command answered, and what it imported: files by their paths in the repository, packages by their names. */
async function watch({ call }: AgentShell, args: readonly string[]) {
  const env = { NODE_OPTIONS: `--import=${SPY}` };
  const { code, lines, stdout } = await call(args, { env, reveals: true });
  // Sources load core as a whole; of a bundle only what is used is left.
  const isImport = (line: string): boolean => /^(?:file|node):/.test(line);
  const imported = new Set(lines.filter(isImport).map(nameOf));
  return {
    code,
    stdout,
    said: lines.filter((line) => !isImport(line)),
    imported: [...imported].filter(isSeen).toSorted(),
  };
}

function nameOf(url: string): string {
  if (url.startsWith("node:")) return url;
  const path = relative(ROOT, fileURLToPath(url)).replaceAll("\\", "/");
  return /.*node_modules\/([^/]+)/.exec(path)?.[1] ?? path;
}

const isSeen = (name: string): boolean => !name.startsWith("packages/core/") && name !== "lru-cache";

const AGENT = [
  ...["client", "find", "mode", "session", "variables"].map((name) => `packages/agent/src/client/${name}.ts`),
  ...["client", "cookie", "place", "random", "terminal"].map((name) => `packages/agent/src/${name}.ts`),
  ...["call", "error", "frame", "handshake"].map((name) => `packages/agent/src/protocol/${name}.ts`),
  "@noble",
];
const BOTH = [
  ...["apps/cli/package.json", "apps/cli/src/agent/place.ts"],
  ...["failure", "folders", "interrupts", "main", "version"].map((name) => `apps/cli/src/${name}.ts`),
  ...["ask-agent", "command-line", "hot", "value"].map((name) => `apps/cli/src/hot/${name}.ts`),
  "apps/cli/src/output/disclose.ts",
  ...["node:diagnostics_channel", "node:events", "node:fs", "node:os", "node:path"],
  ...AGENT,
];

describe.skipIf(process.platform === "win32")("the short way", () => {
  it("is what a `get` takes that an agent answers, and loads this and nothing else", async () => {
    const shell = await connected();
    await shell.get("DB");
    const { imported, ...answer } = await watch(shell, ["get", "DB"]);
    expect(answer).toEqual({ code: 0, stdout: "vlcanary-db-password-2\n", said: [] });
    expect(imported).toEqual(
      [
        ...BOTH,
        ...["apps/cli/src/hot/get.ts", "apps/cli/src/output/clean.ts", "apps/cli/src/output/streams.ts"],
      ].toSorted(),
    );
  });

  it("is what a `run` takes that an agent answers, and loads this and nothing else", async () => {
    const shell = await connected();
    await shell.get("DB");
    await shell.get("API");
    const { imported, ...answer } = await watch(shell, ["run", "--", "/bin/sh", "-c", 'test "$OWNER" = app']);
    const told = "vaultlink: Shorter than 4 bytes, so not masked in what the command prints: OWNER.";
    expect(answer).toEqual({ code: 0, stdout: "", said: [told] });
    expect(imported).toEqual(
      [
        ...BOTH,
        ...["apps/cli/src/hot/run.ts", "apps/cli/src/arguments.ts"],
        ...["child", "descriptors", "mask-output", "masked-output", "pipe", "signals", "witness"].map(
          (name) => `apps/cli/src/child/${name}.ts`,
        ),
        ...["apps/cli/src/env/environment.ts"],
        ...["automaton", "beginnings", "compile", "held", "masker", "patterns", "stream", "trie"].map(
          (name) => `apps/cli/src/mask/${name}.ts`,
        ),
        ...["apps/cli/src/output/clean.ts", "apps/cli/src/output/streams.ts"],
        ...["node:buffer"],
      ].toSorted(),
    );
  });

  it("is left where something is to be told", async () => {
    const { imported, code } = await watch(await connected(), ["get", "NOTHING"]);
    expect(code).toBe(67);
    expect(imported).toContain("apps/cli/src/start.ts");
  });
});
