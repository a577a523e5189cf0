import { expect, it } from "vitest";
import { AgentAccess } from "../src/client/access.ts";
import { vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };

it("asks the vault for a version alone, of a link and of a reference", async () => {
  const { client, remote } = await vaultWorld();
  const agent = new AgentAccess(await client(TOKEN));
  expect(await agent.version("X")).toBe("1");
  remote.version = "2";
  expect(await agent.version("mem://x")).toBe("2");
  expect(remote.log).toEqual(["open", "version x", "version x"]);
});

it("tells for which link there is none", async () => {
  const { client } = await vaultWorld({ connections: { mem: {} }, links: { GONE: "mem://gone" } });
  const agent = new AgentAccess(await client(TOKEN));
  await expect(agent.version("GONE")).rejects.toMatchObject({
    code: "not_found",
    message: expect.stringMatching(/^GONE: /) as string,
  });
});

it("is not asked of an agent that speaks version 1 only, which is asked for values all the same", async () => {
  const { client, remote } = await vaultWorld(undefined, { versions: [1, 0] });
  const agent = new AgentAccess(await client(TOKEN));
  expect(await agent.version("X")).toBeUndefined();
  const [outcome] = await agent.getMany(["X"]);
  expect(outcome?.status).toBe("fulfilled");
  expect(remote.log).toEqual(["open", "read x"]);
});
