import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { memoryPlugin, openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import { connect, type ConnectRequest } from "./connect.ts";

type Changes = Parameters<typeof openWorld>[1];

const saved = async (context: TestWorld): Promise<unknown> =>
  (JSON.parse(await readFile(context.userFile, "utf8")) as { connections: { mem: unknown } }).connections.mem;

describe("a connection that would lead elsewhere (N13)", () => {
  const definition = { version: 1, connections: { mem: { provider: "memory", url: "memory:one" } } };
  async function repoint(
    changes: Changes,
    request: Partial<ConnectRequest>,
  ): Promise<{ readonly context: TestWorld; readonly answer: ReturnType<typeof connect> }> {
    const held = { a: "vlcanary-a" };
    const context = await openWorld(held, changes);
    await writeFile(context.userFile, JSON.stringify(definition));
    await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a", B: "other://b" } }));
    const plugin = memoryPlugin(held);
    return {
      context,
      answer: connect(context, { provider: "memory", plugin, given: { url: "memory:two" }, ...request }),
    };
  }

  it("shows its links and asks; no means that nothing changes", async () => {
    const prompter = personWho(false);
    const shown: string[] = [];
    const { context, answer } = await repoint({ prompter: { ...prompter, show: (line) => void shown.push(line) } }, {});
    expect(await answer).toMatchObject({ json: { changed: false } });
    expect(shown).toEqual(["mem would lead elsewhere, and with it A:", "  url: memory:one → memory:two"]);
    expect(await saved(context)).toMatchObject({ url: "memory:one" });
    expect(context.log).toEqual([]);
  });

  it("goes on where the person agrees, or --yes says so", async () => {
    for (const [changes, request] of [
      [{ prompter: personWho(true) }, {}],
      [{}, { yes: true }],
    ] as const) {
      const { context, answer } = await repoint(changes, request);
      await answer;
      expect(await saved(context)).toMatchObject({ url: "memory:two" });
    }
  });

  it("is refused where nobody can be asked", async () => {
    const { context, answer } = await repoint({}, {});
    await expect(answer).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/A; add --yes/) as string,
      hint: "vaultlink connect memory mem --url memory:two --yes",
    });
    expect(await saved(context)).toMatchObject({ url: "memory:one" });
  });
});
