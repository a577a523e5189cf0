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

/** How fast it is: the tables of the run that the repository keeps, if it keeps one. */
export async function performancePage(): Promise<Page> {
  const kept = await readSource("benchmarks/results.json").catch(() => undefined);
  return {
    slug: "guides/performance",
    title: "Speed and memory",
    description: kept === undefined ? HOW : MEASURED,
    body: kept === undefined ? `${NONE}\n${REPEAT}` : bodyOf(JSON.parse(kept) as Results),
  };
}

const MEASURED = "Times and memory of the command and the library beside bare Node.js, plain SDKs and other tools.";
const HOW = "How to measure times and memory of the command and the library on a machine of your own.";

const NONE = "No run of the benchmarks is kept in the repository yet.\n";

const bodyOf = (results: Results): string =>
  [HEAD, about(results), ...results.tables.map(table), notMeasured(results), REPEAT].join("\n");

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
