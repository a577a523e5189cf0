import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { agentPlace } from "../../src/place.ts";
import { soak } from "./soak.ts";

/*
 * Days of an agent by a clock that is moved by hand, with the memory of the process at each hour:
 * node --expose-gc --conditions=source test/soak/run.ts --hours 24 --every 2000 --seed 1
 */
const { values } = parseArgs({
  options: {
    hours: { type: "string", default: "24" },
    every: { type: "string", default: "2000" },
    seed: { type: "string", default: "1" },
  },
});
const { gc } = globalThis;
if (gc === undefined) throw new Error("Start it with --expose-gc.");
const folder = mkdtempSync(join(tmpdir(), "vl-soak-"));
const place = agentPlace({ env: { XDG_RUNTIME_DIR: folder }, platform: "linux", home: "/", uid: process.getuid?.() });
const heaps: number[] = [];
try {
  const {
    wrong,
    agents,
    descriptors: all,
  } = await soak({
    place,
    hours: Number(values.hours),
    everyMs: Number(values.every),
    seed: Number(values.seed),
    onHour: (hour) => {
      gc();
      const { heapUsed, rss } = process.memoryUsage();
      heaps.push(heapUsed);
      const memory = `heap ${(heapUsed / 1e6).toFixed(1)} MB, resident ${(rss / 1e6).toFixed(0)} MB`;
      const { values: given, refused, reads, descriptors, timers, openSessions } = hour;
      process.stdout.write(
        `hour ${hour.hour}: ${given} values, ${refused} refused, ${reads} reads, ${descriptors} descriptors, ${timers} timers, ${openSessions} sessions, ${memory}\n`,
      );
    },
  });
  process.stdout.write(
    `${agents} agents, ${wrong.length} wrong values, ${all.before} descriptors before, ${all.after} after\n${wrong.slice(0, 20).join("\n")}\n`,
  );
  process.exitCode = wrong.length === 0 && all.before === all.after ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
