import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openWorld, personWho, type TestWorld } from "../../test/context.ts";
import type { CliContext } from "../context.ts";
import { NamesFailed } from "../output/failures.ts";
import { render } from "../output/render.ts";
import type { Message } from "../output/result.ts";
import { doctor } from "./doctor/doctor.ts";
import { exportValues } from "./export/export.ts";
import { link } from "./link.ts";
import { list } from "./list.ts";
import { run } from "./run/run.ts";

async function linked(links: object, changes: Partial<CliContext> = {}): Promise<TestWorld> {
  const context = await openWorld({ a: "vlcanary-a" }, changes);
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }), { mode: 0o600 });
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links }));
  return context;
}

const shown = ({ body }: Message): string => render({ body }, (_, text) => text).join("\n");
const linksOf = async ({ projectFile }: TestWorld): Promise<readonly string[]> =>
  Object.keys((JSON.parse(await readFile(projectFile, "utf8")) as { readonly links: object }).links);

describe("a link whose name cannot be a variable's", () => {
  it.each([
    ["DB-PASSWORD", "No environment variable can have this name"],
    ["PATH", "Programs take orders from a variable of this name"],
    ["NODE_OPTIONS", "Programs take orders from a variable of this name"],
  ])("%s: link says what it keeps from working, and how to undo it", async (name, why) => {
    const context = await linked({});
    await link(context, name, "mem://a");
    expect(context.notices).toEqual([
      `${name}: ${why}, so run and export fail unless --only names other links. To undo: vaultlink unlink ${name}`,
    ]);
  });

  it("is proposed as one that can: a person may take that", async () => {
    const prompter = personWho("DB_PASSWORD");
    const context = await linked({}, { prompter });
    await link(context, "DB-PASSWORD", "mem://a");
    expect(await linksOf(context)).toEqual(["DB_PASSWORD"]);
    expect([context.notices, prompter.asked]).toEqual([
      [],
      ["No environment variable can be called DB-PASSWORD. Which name?"],
    ]);
  });

  it("is taken as it is where a person wants it, or --yes says so", async () => {
    const asked = await linked({}, { prompter: personWho("DB-PASSWORD") });
    await link(asked, "DB-PASSWORD", "mem://a");
    expect(await linksOf(asked)).toEqual(["DB-PASSWORD"]);
    const agreed = await linked({}, { prompter: personWho() });
    await link(agreed, "DB-PASSWORD", "mem://a", { yes: true });
    expect(await linksOf(agreed)).toEqual(["DB-PASSWORD"]);
  });

  it.each([
    ["run", (context: CliContext) => run(context, ["true"])],
    ["export", (context: CliContext) => exportValues(context, [])],
  ])("%s says which link it is, and what helps", async (command, work) => {
    const context = await linked({ A: "mem://a", "DB-PASSWORD": "mem://a", PATH: "mem://a" });
    const failed: unknown = await work(context).catch((error: unknown) => error);
    expect(failed instanceof NamesFailed && failed.failures).toMatchObject([
      {
        name: "DB-PASSWORD",
        error: { details: { hint: `vaultlink unlink DB-PASSWORD, or ${command} --only <names>` } },
      },
      { name: "PATH", error: { details: { hint: `vaultlink unlink PATH, or ${command} --only <names>` } } },
    ]);
  });

  it("list and doctor tell it apart", async () => {
    const context = await linked({ A: "mem://a", "DB-PASSWORD": "mem://a" });
    const told = "DB-PASSWORD: No environment variable can have this name, so run and export fail unless --only";
    expect(shown(await list(context))).toContain(told);
    expect(shown(await doctor(context, undefined))).toContain(told);
    const usual = await linked({ A: "mem://a" });
    expect(shown(await list(usual))).not.toContain("--only");
  });
});
