import { attack } from "./attack.ts";

/* Sends a million forged or broken frames, or as many as are asked for: node --conditions=source test/fuzz/run.ts 1000000 [seed] */
const [frames = "1000000", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const { frames: sent, served, answered, left } = attack(Number(frames), Number(seed));
process.stdout.write(`seed ${seed}: ${sent} frames, ${served} served, ${answered} answered, ${left} left open\n`);
process.exitCode = served + answered + left === 0 ? 0 : 1;
