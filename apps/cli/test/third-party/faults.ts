import type { Made } from "./provider.ts";

/** What a get of a secret comes to in one face of the product. */
export interface Cell {
  /** In the words of the page. */
  readonly says: string;
  /** The exit status of the command, or of the program that uses the library. */
  readonly code: number;
  /** What is told, by the command on standard error, by the library as code and message, of PACKAGE and of NAME. */
  readonly tells?: string;
  /** The whole of standard output, where something is printed. */
  readonly prints?: string;
}

/** One thing that may be wrong with a provider of somebody else's. */
export interface FaultRow {
  readonly fault: string;
  /** `undefined`: it is not there at all. */
  readonly made: Made | undefined;
  /** What its user did before: trusted it, nothing, or trusted what it was before it changed. */
  readonly trust: "given" | "none" | "before";
  /** What is read. */
  readonly path?: string;
  readonly library: Cell;
  /** The command, and the command that goes through an agent: they do the same. */
  readonly command: Cell;
}

const VALUE = "vlcanary-db\n";
const READ: Cell = { says: "reads it: what is installed is the program's own affair", code: 0, prints: VALUE };
const trusted = { trust: "given" } as const;
const refused = (says: string, tells: string): Cell => ({ says: `\`invalid_config\`: ${says}`, code: 78, tells });

/** Each cell is a test. The library is used as a program does that imports the provider itself. */
export const FAULTS: readonly FaultRow[] = [
  {
    ...{ ...trusted, fault: "it is not installed", made: undefined },
    library: refused("which package", "invalid_config Provider NAME: the package PACKAGE is not installed."),
    command: refused("which package, and the command that installs it", "The package PACKAGE is not installed."),
  },
  {
    ...{
      ...trusted,
      fault: "it throws when it is imported",
      made: { first: "throw new Error('vlca' + 'nary-thrown');" },
    },
    library: refused(
      "it failed while it was loaded",
      "invalid_config Provider NAME: its package failed while it was loaded.",
    ),
    command: refused("it threw while it was loaded", "The code of PACKAGE threw while it was loaded."),
  },
  {
    ...{ ...trusted, fault: "it ends the process when it is imported", made: { first: "process.exit(7);" } },
    library: { says: "the program ends", code: 7 },
    command: refused(
      "it ended its process while it was loaded",
      "The code of PACKAGE ended its process while it was loaded.",
    ),
  },
  {
    ...{ ...trusted, fault: "importing it never ends" },
    made: { first: "await new Promise((resolve) => setTimeout(resolve, 1e9));" },
    library: { says: "`timeout`, at the call's deadline", code: 75, tells: "timeout" },
    command: refused("it did not load within 10 s", "The code of PACKAGE did not load within 10 seconds."),
  },
  {
    ...{ ...trusted, fault: "it has no export `plugin`", made: { exported: "other" } },
    library: refused(
      '"load" gave nothing',
      'invalid_config Provider NAME: "load" gave nothing; it must give the plugin.',
    ),
    command: refused("it has no such export", 'PACKAGE has no export "plugin".'),
  },
  {
    ...{
      ...trusted,
      fault: "its export is no plugin",
      made: { exported: "other", first: "export const plugin = { open() {} };" },
    },
    library: refused('"load" gave no plugin', 'invalid_config Provider NAME: "load" gave no plugin.'),
    command: refused(
      "it is not what definePlugin makes",
      'The export "plugin" of PACKAGE is not what definePlugin makes.',
    ),
  },
  {
    ...{ ...trusted, fault: "it is of a newer version of the contract", made: { specVersion: 2 } },
    library: refused(
      "both versions",
      "invalid_config Provider NAME was written for version 2 of the contract; this core speaks version 1.",
    ),
    command: refused(
      "both versions; upgrade vaultlink",
      "PACKAGE was written for version 2 of the contract, which is newer",
    ),
  },
  {
    ...{ ...trusted, fault: "it is of an older version of the contract", made: { specVersion: 0 } },
    library: refused(
      "both versions",
      "invalid_config Provider NAME was written for version 0 of the contract, which this core no longer runs: it speaks version 1.",
    ),
    command: refused(
      "both versions; upgrade the provider",
      "PACKAGE was written for version 0 of the contract, which is older",
    ),
  },
  {
    ...{ ...trusted, fault: "its plugin has another name", made: { name: "other" } },
    library: refused("both names", 'invalid_config Provider NAME: the plugin that "load" gave calls itself "other".'),
    command: refused("both names", 'PACKAGE calls its provider "other", where its own name says "NAME".'),
  },
  {
    ...{ trust: "none", fault: "nobody has trusted it yet", made: {} },
    library: READ,
    command: {
      ...{ says: "`unresolved`, reason `untrusted`: nothing of it runs", code: 67 },
      tells: "You have not trusted the code of PACKAGE yet.",
    },
  },
  {
    ...{ trust: "before", fault: "it changed after it was trusted", made: {} },
    library: READ,
    command: {
      ...{ says: "`unresolved`, reason `untrusted`: that it changed; nothing of it runs", code: 67 },
      tells: "The code of PACKAGE has changed since you trusted it.",
    },
  },
  {
    ...{ ...trusted, fault: "it crashes while it reads", made: { onRead: "process.exit(7);" } },
    library: { says: "the program ends", code: 7 },
    command: {
      says: "`unavailable`: it has ended; started again once",
      code: 69,
      tells: "The provider's program has ended.",
    },
  },
  {
    ...{ ...trusted, fault: "a rejection in it is not handled" },
    made: { onRead: "Promise.reject(new Error('lost')); await new Promise((resolve) => setTimeout(resolve, 1e6));" },
    library: { says: "the program ends, as Node has it", code: 1 },
    command: {
      says: "`unavailable`: it has ended; started again once",
      code: 69,
      tells: "The provider's program has ended.",
    },
  },
  {
    ...{
      ...trusted,
      fault: "reading never ends",
      made: { onRead: "await new Promise((resolve) => setTimeout(resolve, 1e9));" },
    },
    library: { says: "`timeout`, at the call's deadline", code: 75, tells: "timeout" },
    command: { says: "`timeout`, at the call's deadline", code: 75, tells: "in time" },
  },
  {
    ...{ ...trusted, fault: "it prints to standard output", made: { onRead: "console.log('Reading');" } },
    library: { says: "the program prints it", code: 0, prints: `Reading\n${VALUE}` },
    command: { says: "dropped; the value alone is printed", code: 0, prints: VALUE },
  },
  {
    ...{ ...trusted, fault: "it reads the environment by itself", made: {}, path: "env" },
    library: { says: "sees the program's", code: 0, prints: "ACME_TOKEN,HOME,OTHER_TOKEN,PATH,XDG_CONFIG_HOME\n" },
    command: { says: "sees PATH, HOME, the locale, the proxy and the certificates", code: 0, prints: "HOME,PATH\n" },
  },
];
