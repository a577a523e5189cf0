import type { Cell } from "./faults.ts";

/** A provider of one version of the contract, and what a get with it comes to in each face of the product. */
export interface VersionRow {
  readonly provider: number;
  /** The version that the core speaks; one of version 2 is tried that still runs version 1. */
  readonly core: 1 | 2;
  readonly library: Cell;
  /** The command, and the command that goes through an agent. */
  readonly command: Cell;
}

const refused = (says: string, tells: string): Cell => ({ says: `\`invalid_config\`: ${says}`, code: 78, tells });
const inLibrary = (version: number, sentence: string): string =>
  `invalid_config Provider NAME was written for version ${version} of the contract${sentence}.`;
const inCommand = (version: number, sentence: string): string =>
  `PACKAGE was written for version ${version} of the contract, which is ${sentence} here.`;
const RUNS: Cell = { says: "runs", code: 0, prints: "vlcanary-db\n" };
const UPGRADED: Cell = { says: "runs, turned into version 2", code: 0, prints: "vlcanary-db, of version 1\n" };

/** Each cell is a test. */
export const VERSIONS: readonly VersionRow[] = [
  { provider: 1, core: 1, library: RUNS, command: RUNS },
  {
    ...{ provider: 2, core: 1 },
    library: refused("both versions; upgrade core", inLibrary(2, "; this core speaks version 1")),
    command: refused("both versions; upgrade vaultlink", inCommand(2, "newer than version 1")),
  },
  { provider: 1, core: 2, library: UPGRADED, command: UPGRADED },
  { provider: 2, core: 2, library: RUNS, command: RUNS },
  {
    ...{ provider: 3, core: 2 },
    library: refused("both versions; upgrade core", inLibrary(3, "; this core speaks version 2")),
    command: refused("both versions; upgrade vaultlink", inCommand(3, "newer than version 2")),
  },
  {
    ...{ provider: 0, core: 2 },
    library: refused(
      "both versions; upgrade the provider",
      inLibrary(0, ", which this core no longer runs: it speaks version 2"),
    ),
    command: refused("both versions; upgrade the provider", inCommand(0, "older than version 2")),
  },
];
