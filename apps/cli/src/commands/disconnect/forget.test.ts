import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import { disconnect } from "./disconnect.ts";

const CONNECTIONS = { mem: { provider: "memory", url: "memory:" }, other: { provider: "memory", url: "memory:2" } };

async function world(changes: Parameters<typeof openWorld>[1] = {}): Promise<TestWorld> {
  const context = await openWorld({ a: "vlcanary-a" }, changes);
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections: CONNECTIONS, disconnected: ["mem"] }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  return context;
}
const user = async ({ userFile }: TestWorld): Promise<unknown> => JSON.parse(await readFile(userFile, "utf8"));

describe("disconnect --forget (F5)", () => {
  it("shows the links that it concerns, asks, and removes the connection and nothing else", async () => {
    const shown: string[] = [];
    const prompter = { ...personWho(true), show: (line: string) => void shown.push(line) };
    const context = await world({ prompter });
    const done = await disconnect(context, "mem", { forget: true });
    expect(shown).toEqual(["These names will be unresolved: A."]);
    expect(prompter.asked).toEqual(["Disconnect mem, and forget how to reach it?"]);
    expect(await user(context)).toEqual({ version: 1, connections: { other: CONNECTIONS.other } });
    expect(done.body[0]).toBe("mem is disconnected and gone from your configuration.");
    expect(done.json).toMatchObject({ forgotten: true, names: ["A"], hint: "vaultlink connect memory mem" });
  });

  it("changes nothing where the person declines, or nobody is there to agree", async () => {
    const declined = await world({ prompter: personWho(false) });
    await disconnect(declined, "mem", { forget: true });
    expect(await user(declined)).toMatchObject({ connections: CONNECTIONS });
    const alone = await world();
    await expect(disconnect(alone, "mem", { forget: true })).rejects.toMatchObject({
      code: "usage",
      hint: "vaultlink disconnect mem --forget --yes",
    });
    expect(await user(alone)).toMatchObject({ connections: CONNECTIONS });
  });

  it("is refused for a connection that a project defines", async () => {
    const context = await openWorld();
    await writeFile(context.projectFile, JSON.stringify({ version: 1, connections: { mem: CONNECTIONS.mem } }));
    await expect(disconnect(context, "mem", { forget: true, yes: true })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/^mem is not in your own configuration; it is defined in /) as string,
    });
  });
});
