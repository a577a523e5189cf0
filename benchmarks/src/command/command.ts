import { findOpenBao, startOpenBao } from "@vaultlink/stand-ins/openbao";
import { startSlowAws } from "../aws-server.ts";
import { remember, report, skip } from "../report.ts";
import type { Line } from "../results.ts";
import { exists, runMeasured } from "../run-process.ts";
import { inTurn, median, ratio } from "../statistics.ts";
import {
  type Contender,
  expectAllNames,
  ourContenders,
  peerContenders,
  startOurAgent,
  stopPeers,
} from "./contenders.ts";
import { versionOf } from "./peers.ts";
import { NAMES, placeOfAws, placeOfOpenBao } from "./places.ts";

const TITLE = `The command beside bare Node and others, ${NAMES} names`;
const CALL_MS = 30;
const ROUNDS = Number(process.env["VAULTLINK_BENCH_ROUNDS"] ?? 15);

/** What a person waits for: every command in turn, in one run. */
export async function command(cli: string): Promise<void> {
  const bao = findOpenBao();
  if ("missing" in bao) return skip(TITLE, bao.missing);
  if (!exists("python3", "-V")) return skip(TITLE, "python3, which measures the memory, is not here");
  const [server, slow] = [await startOpenBao(bao.bin), await startSlowAws(NAMES, CALL_MS)];
  const places = { bao: await placeOfOpenBao(server), aws: placeOfAws(slow) };
  const peers = peerContenders(places);
  for (const peer of peers.found) remember(peer.name, versionOf(peer) ?? "unknown");
  try {
    const stopAgent = await startOurAgent(cli, places.bao);
    try {
      const contenders = [...ourContenders(cli, places), ...(await findUsable(peers.rows))];
      for (const contender of contenders) await expectAllNames(contender);
      table(contenders, await measure(contenders), peers.missing);
    } finally {
      await stopAgent();
    }
  } finally {
    await stopPeers(peers.found, places);
    for (const place of Object.values(places)) place.remove();
    await slow.stop();
    await server.stop();
  }
}

/** Those that give all values here; of the others it is said that they do not. */
async function findUsable(rows: readonly Contender[]): Promise<readonly Contender[]> {
  const found: Contender[] = [];
  for (const row of rows) {
    try {
      await expectAllNames(row);
      found.push(row);
    } catch (error) {
      skip(row.name, (error as Error).message);
    }
  }
  return found;
}

interface Measured {
  readonly ms: Record<string, number[]>;
  readonly mib: ReadonlyMap<string, number[]>;
}

async function measure(contenders: readonly Contender[]): Promise<Measured> {
  const mib = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  const timed = ({ name, command: argv, env, cwd, streams = "pipe" }: Contender) => {
    return async (): Promise<number> => {
      const ran = await runMeasured(argv, env, { cwd, streams });
      if (ran.mib !== undefined) mib.get(name)?.push(ran.mib);
      return ran.ms;
    };
  };
  const ms = await inTurn(ROUNDS, Object.fromEntries(contenders.map((one) => [one.name, timed(one)])));
  return { ms, mib };
}

/** The most that a command may take of bare Node's time. */
const GOALS: ReadonlyArray<readonly [row: string, goal: number]> = [
  ["vaultlink --version", 1.3],
  ["vaultlink list", 1.6],
  ["vaultlink get, warm", 1.5],
  [`vaultlink run, ${NAMES} names, warm`, 1.6],
  [`vaultlink run, ${NAMES} names, warm, at a terminal`, 1.6],
  ["vaultlink get, cold, OpenBao", 2.5],
];

/** Row against row: the first takes so much of what the second does, at most or at least. */
const AGAINST: ReadonlyArray<{
  readonly of: "ms" | "mib";
  readonly ours: string;
  readonly theirs: string;
  readonly goal: number;
}> = [
  { of: "ms", ours: `vaultlink run, ${NAMES} names, cold, OpenBao`, theirs: "vals exec, OpenBao", goal: 1.3 },
  { of: "mib", ours: `vaultlink run, ${NAMES} names, cold, OpenBao`, theirs: "vals exec, OpenBao", goal: 0.5 },
  { of: "ms", ours: `vaultlink run, ${NAMES} names, warm`, theirs: "varlock run, warm", goal: 0.1 },
];

function table(contenders: readonly Contender[], { ms, mib }: Measured, missing: readonly string[]): void {
  const bare = ms["node -e 0"] ?? [];
  const goalOf = new Map(GOALS);
  const times = contenders.map(({ name }): Line => ({ what: name, value: median(ms[name] ?? []), unit: "ms" }));
  const ratios = contenders.slice(1).map(({ name }): Line => {
    const goal = goalOf.get(name);
    return {
      what: `${name} / node`,
      value: ratio(ms[name] ?? [], bare),
      unit: "×",
      ...(goal !== undefined && { goal }),
    };
  });
  const sizes = contenders.map(({ name }): Line => ({
    what: `${name}, memory`,
    value: median(mib.get(name) ?? []),
    unit: "MiB",
  }));
  report(TITLE, times);
  report("The same, as ratios", [...ratios, ...against({ ms, mib })]);
  report("The same, most memory at a time", sizes);
  if (missing.length > 0) skip(`${TITLE}: ${missing.join(", ")}`, "not installed here; pnpm run peers installs them");
}

function against({ ms, mib }: Measured): readonly Line[] {
  return AGAINST.flatMap(({ of, ours, theirs, goal }) => {
    const [a, b] = of === "ms" ? [ms[ours], ms[theirs]] : [mib.get(ours), mib.get(theirs)];
    if (a === undefined || b === undefined) return [];
    const what = of === "ms" ? `${ours} / ${theirs}` : `memory, ${ours} / ${theirs}`;
    return [{ what, value: ratio(a, b), unit: "×", goal }];
  });
}
