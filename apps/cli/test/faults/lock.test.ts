import { spawn } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { locked } from "../../src/config/lock.ts";
import { isGone, thisProcess } from "../../src/config/lock-holder.ts";
import { temporaryFolder } from "../temporary.ts";

const WRITER = join(import.meta.dirname, "edit-many.ts");

/** What a writer says it has written. */
function write(file: string, prefix: string, count: number, killAfter = Infinity): Promise<readonly string[]> {
  const child = spawn(process.execPath, ["--conditions=source", WRITER, file, prefix, String(count)]);
  let said = "";
  child.stdout.on("data", (part: Buffer) => {
    said += part;
    if (said.split("\n").length > killAfter) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.once("close", () => resolve(said.split("\n").filter((name) => name !== ""))));
}

describe("R12: edits of one file", () => {
  it("loses none of 200, while writers are killed and their locks taken over", { timeout: 120_000 }, async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "vaultlink.json");
    await writeFile(file, '{ "version": 1, "links": {} }');
    // Whoever held it is gone: its number is that of a process which has ended.
    const gone = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => gone.once("close", resolve));
    await writeFile(join(folder, ".vaultlink.json.lock"), JSON.stringify({ ...(await thisProcess()), pid: gone.pid }));
    const written = await Promise.all([
      ...["A", "B", "C", "D"].map((prefix) => write(file, prefix, 40)),
      ...["E", "F"].map((prefix) => write(file, prefix, 40, 8)),
      write(file, "G", 40),
    ]);
    const { links } = JSON.parse(await readFile(file, "utf8")) as { links: object };
    const names = written.flat();
    expect(names.length).toBeGreaterThanOrEqual(200);
    expect(names.filter((name) => !Object.hasOwn(links, name))).toEqual([]);
  });

  it("a lock says who holds it, and is gone afterwards", async () => {
    const folder = await temporaryFolder();
    const file = join(folder, "f.json");
    const said = await locked(
      file,
      async () => JSON.parse(await readFile(join(folder, ".f.json.lock"), "utf8")) as object,
    );
    expect(said).toMatchObject({ pid: process.pid, space: (await thisProcess()).space });
    expect(await readdir(folder)).toEqual([]);
  });

  it("tells this process from those that are gone, had its number before, or are elsewhere", async () => {
    const mine = await thisProcess();
    expect(await isGone({ ...mine, space: "another machine" })).toBe("unknown");
    expect(await isGone({ ...mine, pid: 2 ** 30 })).toBe(true);
    if (process.platform !== "linux") return;
    expect(await isGone(mine)).toBe(false);
    expect(await isGone({ ...mine, start: "1" })).toBe(true);
  });

  it("a lock of a living process is never taken away, however old it is", async () => {
    const folder = await temporaryFolder();
    const lock = join(folder, ".f.json.lock");
    const text = JSON.stringify(await thisProcess());
    await writeFile(lock, text);
    await expect(locked(join(folder, "f.json"), async () => "done")).rejects.toMatchObject({ code: "conflict" });
    expect(await readFile(lock, "utf8")).toBe(text);
  });
});
