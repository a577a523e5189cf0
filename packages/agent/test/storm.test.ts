import { describe, expect, it } from "vitest";
import { texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };
const STARTS = 100;
/** Between two starts of a program that crashes 100 times in a minute, in ms. */
const BETWEEN = 600;

describe("a program that crashes and is started 100 times in a minute", () => {
  it("costs one sign-in and one read of each document", async () => {
    const { client, clock, remote } = await vaultWorld();
    for (let start = 0; start < STARTS; start++) {
      const program = await client(TOKEN);
      expect(await texts(program, { purpose: "run" })).toEqual(["vlcanary-x", "vlcanary-y"]);
      program.close();
      clock.advance(BETWEEN);
    }
    expect(remote.log).toEqual(["open", "read x", "read y"]);
  });

  it("costs no more where all are started at once", async () => {
    const { client, remote } = await vaultWorld();
    const programs = await Promise.all(Array.from({ length: STARTS }, () => client(TOKEN)));
    const given = await Promise.all(programs.map((program) => texts(program, { purpose: "run" })));
    expect(given).toEqual(Array.from({ length: STARTS }, () => ["vlcanary-x", "vlcanary-y"]));
    expect(remote.log).toEqual(["open", "read x", "read y"]);
  });

  it("costs no more where it dies before it has its answer", async () => {
    const { client, remote } = await vaultWorld();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    remote.gate = gate;
    const programs = await Promise.all(Array.from({ length: STARTS }, () => client(TOKEN)));
    const answers = programs.map((program) => texts(program, { purpose: "run" }));
    const last = answers.pop();
    // The agent has every request once a later one of the same connection is answered.
    await Promise.all(programs.map((program) => program.ask("ping")));
    for (const program of programs.slice(0, -1)) program.close();
    await Promise.allSettled(answers);
    open();
    expect(await last).toEqual(["vlcanary-x", "vlcanary-y"]);
    expect(remote.log).toEqual(["open", "read x", "read y"]);
  });

  it("costs a read in ten seconds of a document that does not exist, which its person may be making just now", async () => {
    const { client, clock, remote } = await vaultWorld();
    remote.values.delete("x");
    for (let start = 0; start < STARTS; start++) {
      expect(await texts(await client(TOKEN), { names: ["X"] })).toEqual(["not_found"]);
      clock.advance(BETWEEN);
    }
    expect(remote.log.filter((line) => line.startsWith("read"))).toHaveLength(6);
  });
});
