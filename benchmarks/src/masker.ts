import { createHash } from "node:crypto";
import { report } from "./report.ts";
import { inTurn, median, ratio } from "./statistics.ts";

const PIECE = 64 * 1024;
const PIECES = 256;
const ROUNDS = 7;
/** Measured beside each other: one secret, fifty, a thousand. */
const COUNTS = [1, 50, 1000] as const;

/** What the command's own files offer; the package itself offers a program alone. */
interface Masking {
  readonly compileMask: (values: ReadonlyMap<string, string>) => { readonly automaton: (() => object) | undefined };
  readonly Masker: new (automaton: object) => { push(piece: Uint8Array): readonly Uint8Array[] };
}

/**
 * Output of a child through the masker, in pieces as a pipe gives them, beside a plain copy of it. By the time of the processor:
 * one thread does all of it, and whoever else uses the machine does not count.
 */
export async function masker(): Promise<void> {
  const { compileMask, Masker } = await load();
  const text = Buffer.from(logOf(PIECE * PIECES));
  const pieces = Array.from({ length: PIECES }, (_, at) => text.subarray(at * PIECE, (at + 1) * PIECE));
  const megabytes = (PIECE * PIECES) / 1e6;
  const target = Buffer.alloc(PIECE * 2);
  const speedOf = (copy: (piece: Uint8Array) => void) => (): number => {
    const begun = cpuTime();
    for (const piece of pieces) copy(piece);
    return megabytes / ((cpuTime() - begun) / 1000);
  };
  const builds = new Map<number, number>();
  const through = (count: number): (() => number) => {
    const begun = cpuTime();
    const { automaton = () => ({}) } = compileMask(secrets(count));
    builds.set(count, cpuTime() - begun);
    const one = new Masker(automaton);
    return speedOf((piece) => {
      for (const part of one.push(piece)) target.set(part);
    });
  };
  const took = await inTurn(ROUNDS, {
    copy: speedOf((piece) => target.set(piece)),
    one: through(COUNTS[0]),
    fifty: through(COUNTS[1]),
    thousand: through(COUNTS[2]),
  });
  report("Output through the masker, in pieces of 64 KiB, beside a plain copy", [
    { what: "plain copy", value: median(took.copy), unit: "MB/s" },
    { what: "1 secret", value: median(took.one), unit: "MB/s" },
    { what: "50 secrets", value: median(took.fifty), unit: "MB/s" },
    { what: "1,000 secrets", value: median(took.thousand), unit: "MB/s", goal: 115, atLeast: true },
    { what: "1,000 secrets / plain copy", value: ratio(took.thousand, took.copy), unit: "×" },
    { what: "tables of 1,000 secrets, made", value: builds.get(1000) ?? Number.NaN, unit: "ms", goal: 80 },
  ]);
}

/** Time that this process has had of the processor, in ms. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Nothing imports the command, so its files are named rather than imported. */
async function load(): Promise<Masking> {
  const file = (name: string): string => new URL(`../../apps/cli/src/mask/${name}`, import.meta.url).href;
  const [compile, masking] = (await Promise.all([import(file("compile.ts")), import(file("masker.ts"))])) as Masking[];
  return { ...compile, ...masking } as Masking;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("base64");

/** Secrets of 32 characters. */
function secrets(count: number): ReadonlyMap<string, string> {
  return new Map(
    Array.from({ length: count }, (_, at) => [`NAME_${at}`, digest(`vlcanary-bench-${at}`).slice(0, 32)] as const),
  );
}

/** Lines as a server logs them, with identifiers that look like secrets and are none. */
function logOf(length: number): string {
  const lines: string[] = [];
  for (let at = 0, size = 0; size < length; at++) {
    const id = digest(`request ${at % 4096}`);
    const line = `2026-01-01T12:00:${String(at % 60).padStart(2, "0")}Z info request id=${id} path=/api/items/${at} status=200 duration=12ms\n`;
    lines.push(line);
    size += line.length;
  }
  return lines.join("").slice(0, length);
}
