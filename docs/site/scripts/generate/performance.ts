import { format, isMet, type Line, type Results, signOf } from "@vaultlink/benchmarks/results";
import { cell, type Page, readSource } from "./page.ts";

const HEAD = `Every number here comes from one run on one machine: the programs took turns, so that whatever slowed the machine down
slowed all of them down. Another machine gives other times; the ratios are what to compare. Each time is a median. Goals
that were missed are shown as such.
`;

const REPEAT = `## Measure it yourself

In the repository, on a machine that does nothing else:

\`\`\`sh
pnpm install
pnpm backends
pnpm --filter @vaultlink/benchmarks peers
pnpm bench --save
\`\`\`

The third line installs the tools that vaultlink is measured beside into a cache folder, which takes minutes. The last one
writes \`benchmarks/results.json\`, of which this page is made.
`;

/** Measured apart from the tables: their run reads the memory twice only. */
const LONG_RUN = `## Resident memory of a long run

What is in use of the heap stays the same through hundreds of thousands of reads, and so do the handles. Resident memory
grows at first all the same, for two reasons outside vaultlink. V8 makes its young generation larger while a program allocates
much, which lasts until about a third of 400,000 reads, and glibc keeps an arena for each thread. A run of its own, with Node.js
24.21 on Linux, in MiB after a collection at each point:

| reads                                                        |  40,000 | 120,000 | 160,000 | 360,000 |
| ------------------------------------------------------------ | ------: | ------: | ------: | ------: |
| resident, as Node.js comes                                   |     121 |     137 |     157 |     161 |
| of these the heap that V8 holds                              |      34 |      84 |      82 |      83 |
| of that in use                                               |      16 |      16 |      16 |      16 |
| resident, \`--max-semi-space-size=1\`, \`MALLOC_ARENA_MAX=1\` |     107 |     109 |     109 |     110 |

A service that is short of memory can set both, at the price of more frequent collections.
`;

/** How fast it is: the tables of the run that the repository keeps, if it keeps one. */
export async function performancePage(): Promise<Page> {
  const kept = await readSource("benchmarks/results.json").catch(() => undefined);
  return {
    slug: "guides/performance",
    title: "Speed and memory",
    description: kept === undefined ? HOW : MEASURED,
    body: kept === undefined ? `${NONE}\n${LONG_RUN}\n${REPEAT}` : bodyOf(JSON.parse(kept) as Results),
  };
}

const MEASURED = "Times and memory of the command and the library beside bare Node.js, plain SDKs and other tools.";
const HOW = "How to measure times and memory of the command and the library on a machine of your own.";

const NONE = "No run of the benchmarks is kept in the repository yet.\n";

const bodyOf = (results: Results): string =>
  [HEAD, about(results), ...results.tables.map(table), LONG_RUN, notMeasured(results), REPEAT].join("\n");

function about({ date, machine, versions }: Results): string {
  const { system, processor, cores, gib } = machine;
  const named = Object.entries(versions).map(([name, version]) => `${NAMES[name] ?? name} ${version}`);
  return `Measured on ${date}: ${system}, ${processor}, ${cores} cores, ${gib} GiB; ${named.join(", ")}.\n`;
}

/** How programs are called where their own names are no words. */
const NAMES: Readonly<Record<string, string>> = { node: "Node.js" };

function table({ title, lines }: Results["tables"][number]): string {
  const hasGoals = lines.some(({ goal }) => goal !== undefined);
  const head = hasGoals
    ? "| what | measured | goal | |\n| --- | ---: | ---: | --- |"
    : "| what | measured |\n| --- | ---: |";
  const rows = lines.map((line) => {
    const cells = [cell(line.what), `${format(line.value)} ${line.unit}`, ...(hasGoals ? goalOf(line) : [])];
    return `| ${cells.join(" | ")} |`;
  });
  return [`## ${title}\n`, head, ...rows, ""].join("\n");
}

function goalOf(line: Line): readonly string[] {
  const { unit, goal } = line;
  return goal === undefined ? ["", ""] : [`${signOf(line)} ${goal} ${unit}`, isMet(line) ? "met" : "missed"];
}

function notMeasured({ skipped }: Results): string {
  if (skipped.length === 0) return "";
  return ["## Not measured\n", ...skipped.map(({ title, reason }) => `- ${title}: ${reason}`), ""].join("\n");
}
