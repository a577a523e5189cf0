import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "./support.ts";
import { texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };
const CONTENT = { connections: { mem: {} }, links: { X: "mem://x", NONE: "mem://none" } };

const linesOf = (file: string): unknown[] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);

describe("the agent's log of who reads what", () => {
  it("names the client that was given a value or refused it, and never the value", async () => {
    const auditFile = join(temporaryFolder(), "state", "audit.jsonl");
    const { client } = await vaultWorld({ ...CONTENT, auditFile });
    await texts(await client(TOKEN, "get"), { names: ["X"] });
    await texts(await client(TOKEN), { names: ["X", "NONE"] });
    const one = { pid: process.pid, agent: process.pid, connection: "mem" };
    const given = { name: "X", reference: "mem://x", identity: "somebody" };
    expect(linesOf(auditFile)).toMatchObject([
      { ...one, ...given, reader: "get", source: "vault" },
      { ...one, ...given, reader: "program", source: "cache" },
      { ...one, reader: "program", name: "NONE", code: "not_found" },
    ]);
    expect(readFileSync(auditFile, "utf8")).not.toContain("vlcanary");
    expect(statSync(auditFile).mode & 0o077).toBe(0);
  });

  it("tells readers apart that ask at the same time", async () => {
    const auditFile = join(temporaryFolder(), "state", "audit.jsonl");
    const { client } = await vaultWorld({ ...CONTENT, auditFile });
    const readers = ["one", "two", "three", "four"];
    const clients = await Promise.all(readers.map((reader) => client(TOKEN, reader)));
    await Promise.all(clients.map((asking) => texts(asking, { names: ["X"] })));
    const seen = linesOf(auditFile).map((line) => (line as { reader: string }).reader);
    expect(seen.toSorted()).toEqual(readers.toSorted());
  });

  it("begins and ends with a change of the configuration, and is nowhere before", async () => {
    const auditFile = join(temporaryFolder(), "state", "audit.jsonl");
    const { client, write } = await vaultWorld(CONTENT);
    const asking = await client(TOKEN);
    await texts(asking, { names: ["X"] });
    expect(existsSync(auditFile)).toBe(false);
    write({ ...CONTENT, auditFile });
    await texts(asking, { names: ["X"] });
    expect(linesOf(auditFile)).toHaveLength(1);
    write(CONTENT);
    await texts(asking, { names: ["X"] });
    expect(linesOf(auditFile)).toHaveLength(1);
  });

  it("gives nothing that it cannot note", async () => {
    const auditFile = temporaryFolder();
    const { client } = await vaultWorld({ ...CONTENT, auditFile });
    expect(await texts(await client(TOKEN), { names: ["X"] })).toEqual(["invalid_config"]);
  });

  it("takes no reader's name for more than a word, and none for a reason to refuse", async () => {
    const auditFile = join(temporaryFolder(), "state", "audit.jsonl");
    const { client } = await vaultWorld({ ...CONTENT, auditFile });
    const asking = await client(TOKEN);
    for (const reader of [{ name: 'x"\n{' }, { name: "a".repeat(1000), pid: -1 }, {}]) {
      await texts(asking, { names: ["X"], reader });
    }
    const seen = linesOf(auditFile).map((line) => (line as { reader: string }).reader);
    expect(seen).toEqual(["unknown", "a".repeat(64), "unknown"]);
  });
});
