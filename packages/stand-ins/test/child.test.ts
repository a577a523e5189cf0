import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { startChild } from "../src/real/child.ts";

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it("ends a server that is stopped", async () => {
  const child = await startChild("sleep", ["600"], { stderr: "ignore" });
  await child.stop();
  expect(child.process.exitCode).not.toBeNull();
  await child.stop();
});

it("says that a server has ended by itself", async () => {
  const child = await startChild("false", [], { stderr: "ignore" });
  expect(await once(child.process, "exit")).toEqual([1, null]);
  await child.stop();
});

it("ends a server whose starter was killed", async () => {
  // It prints the server's own process, which only its command line knows.
  const starter = `
    import { startChild } from ${JSON.stringify(new URL("../src/real/child.ts", import.meta.url).href)};
    const { process: child } = await startChild("/bin/sh", ["-c", "echo $$ >&2; exec sleep 600"], { stderr: "pipe" });
    child.stderr.pipe(process.stdout);
  `;
  const parent = spawn(
    process.execPath,
    ["--input-type=module", "--disable-warning=ExperimentalWarning", "-e", starter],
    {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [line] = (await once(createInterface({ input: parent.stdout }), "line")) as [string];
  const pid = Number(line);
  expect(alive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  while (alive(pid)) await turn();
});
