import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { openWorld, personWho } from "../../test/context.ts";
import { run } from "../commands/run/run.ts";

it.each([
  ["what was found is named, and why it was refused", { MEMORY_TOKEN: "vlcanary-wrong" }, "MEMORY_TOKEN was refused: "],
  ["nothing was found", {}, ""],
])("a question says first why it is asked, and afterwards how long the answer lasts: %s", async (_what, env, found) => {
  const said: string[] = [];
  const prompter = { ...personWho("vlcanary-right"), show: (line: string) => void said.push(line) };
  const context = await openWorld({ a: "vlcanary-a" }, { env, prompter });
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }), { mode: 0o600 });
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  await run(context, ["true"]);
  expect(said).toEqual([`mem: ${found}The token is wrong or missing.`]);
  expect(context.notices).toEqual([
    "Credentials given by hand last for one command, since no agent runs here.",
    "To stay signed in:",
    "  export VAULTLINK_AGENT=on",
    "  vaultlink reauth mem",
  ]);
  expect(context.started).toHaveLength(1);
});
