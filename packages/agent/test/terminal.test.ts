import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isTerminal } from "../src/terminal.ts";

const SOURCE = join(import.meta.dirname, "../src/terminal.ts");
/** Says of the three standard streams whether they are terminals, and whether what knows terminals was loaded. */
const ASK = `import(${JSON.stringify(SOURCE)}).then(({ isTerminal }) => {
  const told = [0, 1, 2].map((one) => isTerminal(one));
  console.log(JSON.stringify([...told, process.moduleLoadList.includes("NativeModule tty")]));
});`;

it.skipIf(process.platform === "win32")(
  "takes neither the null device nor a pipe for a terminal, and loads nothing",
  () => {
    const { stdout } = spawnSync(process.execPath, ["-e", ASK], {
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
    });
    expect(JSON.parse(stdout)).toEqual([false, false, false, false]);
  },
);

it("takes what is closed for none", () => {
  const descriptor = openSync(SOURCE, "r");
  expect(isTerminal(descriptor)).toBe(false);
  closeSync(descriptor);
  expect(isTerminal(descriptor)).toBe(false);
});
