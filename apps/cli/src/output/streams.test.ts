import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Fills its own standard output, a pipe that does not block, writes to it, and only then reads what is in it. */
const PROGRAM = `
import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";
import { writeOut } from ${JSON.stringify(import.meta.resolve("./streams.ts"))};
const [, pipe] = process.argv;
const untilFull = (step) => {
  try {
    for (;;) step();
  } catch (error) {
    if (error.code !== "EAGAIN") throw error;
  }
};
closeSync(1);
openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
untilFull(() => writeSync(1, Buffer.alloc(4096)));
const written = writeOut("what came last");
const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
let text = "";
const readAll = () => untilFull(() => (text += readSync(reading, piece) && piece.toString("latin1")));
const piece = Buffer.alloc(1);
readAll();
await written;
readAll();
writeSync(2, text.slice(-14));
process.exit(0);
`;

it.runIf(process.platform === "linux")("writes all to a pipe that is full and does not block", () => {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-"));
  try {
    const pipe = join(folder, "pipe");
    expect(spawnSync("mkfifo", ["-m", "600", pipe]).status).toBe(0);
    const args = ["--conditions=source", "--input-type=module", "-e", PROGRAM, pipe];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([status, stderr]).toEqual([0, "what came last"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
