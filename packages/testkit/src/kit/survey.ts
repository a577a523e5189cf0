import type { Subject } from "../subject.ts";
import { currentCase } from "./current-case.ts";
import { programsStarted, type Started } from "./programs-started.ts";
import { andAMomentLater } from "./moment.ts";
import { type Printed, withOutput } from "./output.ts";
import { changesOf } from "./process-state.ts";
import { temporaryFiles } from "./temporary-files.ts";
import { unheardRejections } from "./unheard.ts";
import { hostsOf } from "./hosts.ts";
import { writtenTo } from "./written-files.ts";
import { type Thrown, exercise } from "./exercise.ts";

/** What calling everything of a provider did, beyond giving answers. */
export interface Survey {
  readonly thrown: readonly Thrown[];
  /** With `DEBUG=*`. */
  readonly printed: readonly Printed[];
  /** Programs that it started. */
  readonly programs: readonly Started[];
  /** What stood in temporary files that it made, and what it wrote into any file. */
  readonly files: readonly string[];
  /** Hosts that it asked. */
  readonly hosts: readonly string[];
  /** How many promises were rejected that nobody awaited. */
  readonly unheard: number;
  /** Names of variables that it asked `process.env` for. */
  readonly variables: readonly string[];
  /** What it changed of the process. */
  readonly changes: readonly string[];
  /** Writes that reached the vault; `undefined` where the subject does not count them. */
  readonly writes: number | undefined;
}

const known = new WeakMap<Subject, Promise<Survey>>();

/** Calls everything once for all the cases that judge it: some vaults take seconds to open. */
export function survey(subject: Subject): Promise<Survey> {
  const found = known.get(subject) ?? observe(subject);
  known.set(subject, found);
  const forget = (): void => {
    if (known.get(subject) === found) known.delete(subject);
  };
  // What failed, or has run out of its case's time and may yet go on with signals that have aborted: the next case tries anew.
  found.catch(forget);
  currentCase()?.signal.addEventListener("abort", forget, { once: true });
  return found;
}

async function observe(subject: Subject): Promise<Survey> {
  const before = subject.writes?.();
  let thrown: readonly Thrown[] = [];
  let programs: readonly Started[] = [];
  let changes: readonly string[] = [];
  let variables: readonly string[] = [];
  let printed: readonly Printed[] = [];
  let hosts: readonly string[] = [];
  let written: readonly string[] = [];
  let unheard = 0;
  const exercised = async (): Promise<void> => {
    programs = await programsStarted(() =>
      andAMomentLater(async () => {
        thrown = await exercise(subject);
      }),
    );
  };
  const left = await temporaryFiles(async () => {
    written = await writtenTo(async () => {
      printed = await withOutput(async () => {
        hosts = await hostsOf(async () => {
          unheard = await unheardRejections(async () => {
            ({ changes, names: variables } = await changesOf({ DEBUG: "*" }, exercised));
          });
        });
      });
    });
  });
  const after = subject.writes?.();
  return {
    ...{ thrown, printed, programs, changes, hosts, unheard, variables, files: [...left, ...written] },
    writes: before === undefined ? undefined : (after ?? 0) - before,
  };
}
