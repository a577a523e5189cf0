import { execFile, execFileSync, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { makeDirectory } from "../src/place.ts";
import { serve, temporaryPlace } from "./support.ts";

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const hasTool = isRoot && spawnSync("setpriv", ["--version"]).status === 0;
/** How often the other user tries. */
const TRIES = 1000;

/** Connects, and sends a first frame; prints how often anything came back. */
const PROGRAM = `
const net = require("node:net"), fs = require("node:fs");
const [socket, cookie, tries] = process.argv.slice(2);
const body = Buffer.from(JSON.stringify({ v: [1], cn: Buffer.alloc(16).toString("base64") }));
const header = Buffer.alloc(4);
header.writeUInt32BE(body.length);
let answers = 0, left = Number(tries);
try { fs.readFileSync(cookie); answers++; } catch {}
const next = () => {
  if (left-- === 0) return void process.stdout.write(String(answers));
  const one = net.connect(socket, () => one.write(Buffer.concat([header, body])));
  let over = false;
  const end = () => { if (!over) { over = true; one.destroy(); setImmediate(next); } };
  one.on("data", () => { answers++; end(); });
  one.on("error", end);
  one.on("close", end);
};
next();
`;

it.skipIf(!hasTool)(
  "another user gets nothing from an agent, however often they try (needs root and setpriv)",
  async () => {
    const place = temporaryPlace();
    await serve(place);
    const folder = mkdtempSync(join(tmpdir(), "vl-nobody-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    chmodSync(folder, 0o755);
    const program = join(folder, "try.cjs");
    writeFileSync(program, PROGRAM, { mode: 0o644 });
    // Node itself may lie where only root may go.
    const node = join(folder, "node");
    cpSync(process.execPath, node, { dereference: true });
    chmodSync(node, 0o755);
    // The folders above are open, so that it is the agent's own that keep others out.
    chmodSync(join(place.directory, ".."), 0o755);
    const as = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups", node];
    const args = [program, place.socket, place.cookie];
    const answers = async (file: string, before: readonly string[], tries: number): Promise<number> =>
      Number((await promisify(execFile)(file, [...before, ...args, String(tries)], { cwd: "/" })).stdout);
    expect(await answers("setpriv", as, TRIES)).toBe(0);
    // The same program gets answers where it may: it is no broken one that got none.
    expect(await answers(node, [], 3)).toBe(3 + 1);
  },
);

it.skipIf(!hasTool)("a directory that another user made first is not used (needs root and setpriv)", () => {
  const place = temporaryPlace();
  const parent = join(place.directory, "..");
  chmodSync(parent, 0o777);
  const as = ["--reuid", String(NOBODY), "--regid", String(NOBODY), "--clear-groups"];
  execFileSync("setpriv", [...as, "mkdir", "-m", "700", place.directory], { cwd: "/" });
  expect(() => makeDirectory(place)).toThrow(/belongs to another user/);
});
