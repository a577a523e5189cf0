/**
 * A page of what a provider comes to in each face of the product, with a column for each. In the repository's pages, whose
 * tables are compared with the rows that tests run, the command and the agent share one, since they do the same.
 *
 * @throws Error if no table has that column: then the page was changed, and what is made of it must be, too.
 */
export function withEachFace(markdown: string): string {
  let rest: "before" | "rule" | "rows" | "after" = "before";
  const lines = markdown.split("\n").map((line) => {
    const cells = line.startsWith("|")
      ? line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim())
      : undefined;
    if (cells === undefined) {
      if (rest === "rows") rest = "after";
      return line;
    }
    if (rest === "before" && cells.at(-1) === "command, agent") {
      rest = "rule";
      return row([...cells.slice(0, -1), "command", "agent"]);
    }
    if (rest === "rule") {
      rest = "rows";
      return row([...cells, "---"].map(() => "---"));
    }
    return rest === "rows" ? row([...cells, cells.at(-1) ?? ""]) : line;
  });
  if (rest === "before") throw new Error('There is no table with the column "command, agent".');
  return lines.join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
