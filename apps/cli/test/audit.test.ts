import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LINKS, startAgent } from "./agent-shell.ts";
import { openConnectedShell } from "./shell.ts";

interface Line {
  readonly reader: string;
  readonly pid: number;
  readonly agent?: number;
  readonly name: string;
  readonly source: string;
}

describe.skipIf(process.platform === "win32")("the log of who reads what", () => {
  it("names the command and its process, with an agent and without, and the value nowhere", async () => {
    const { shell } = await openConnectedShell(LINKS);
    const user = JSON.parse((await shell.read(shell.userFile)) ?? "") as object;
    await shell.writeUser({ ...user, audit: true });
    const file = join(shell.home, ".local", "state", "vaultlink", "audit.jsonl");
    const pids: unknown[] = [];
    const running = ({ pid }: { readonly pid?: number | undefined }): void => void pids.push(pid);
    await shell.call(["get", "DB"], { reveals: true, running });
    const { call } = await startAgent(shell);
    await call(["get", "DB"], { reveals: true, running });
    await call(["export", "--only", "DB"], { reveals: true, running });
    const text = await readFile(file, "utf8");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ reader, name, source, agent }) => [reader, name, source, agent === undefined])).toEqual([
      ["get", "DB", "vault", true],
      ["get", "DB", "vault", false],
      ["export", "DB", "cache", false],
    ]);
    expect(lines.map(({ pid }) => pid)).toEqual(pids);
    expect(text).not.toContain("vlcanary");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});
