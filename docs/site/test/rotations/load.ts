import { setTimeout as delay } from "node:timers/promises";
import { startProgram, type WAYS } from "./programs.ts";

/** What came of a load. */
export interface LoadReport {
  /** How often a program went on as another user. */
  readonly rotations: number;
  readonly queries: number;
  readonly failed: number;
  /** The codes of their errors. */
  readonly codes: readonly string[];
}

/** What is loaded, and for how long. */
export interface Load {
  readonly way: keyof typeof WAYS;
  /** A copy of the examples for each program. */
  readonly folders: readonly string[];
  /** The database's port. */
  readonly port: number;
  readonly rotations: number;
  /** So many failed queries are enough. */
  readonly enough?: number;
}

/** Queries at a time in each program. */
const QUERIES = 2;
/** Between two queries, in ms: the servers have two cores, and others use them too. */
const PAUSE_MS = 200;

/** Queries all the time until the programs have gone on as other users so often, or until queries have failed `enough`. */
export async function loadDatabase({ way, folders, port, rotations, enough = Infinity }: Load): Promise<LoadReport> {
  const report = { rotations: 0, queries: 0, failed: 0 };
  const codes = new Set<string>();
  const isOver = (): boolean => report.rotations >= rotations || report.failed >= enough;
  const run = async (folder: string): Promise<void> => {
    const program = await startProgram(way, folder, port);
    const users = new Set<string>();
    const query = async (): Promise<void> => {
      while (!isOver()) {
        report.queries++;
        try {
          const who = await program.query();
          if (users.size > 0 && !users.has(who)) {
            report.rotations++;
            if (report.rotations % 100 === 0) console.error(way, JSON.stringify(report));
          }
          users.add(who);
        } catch (error) {
          report.failed++;
          codes.add(String((error as { readonly code?: unknown }).code));
        }
        await delay(PAUSE_MS);
      }
    };
    await Promise.all(Array.from({ length: QUERIES }, query));
    await program.end();
  };
  await Promise.all(folders.map(run));
  return { ...report, codes: [...codes] };
}
