import { describe, expect, it } from "vitest";
import type { Session } from "../../src/contract/provider.ts";
import { failure, outcomeOf, outcomes, SECOND, settle, type World, world, type WorldOptions } from "../fixture.ts";

const NAMES = ["A", "B", "C", "D", "E"];

/** A vault that reads many at once, with links `A` to `E` to the documents `a` to `e`. */
function batching(over: Partial<Session> = {}, options: WorldOptions = {}): World {
  const links = Object.fromEntries(NAMES.map((name) => [name, `c://${name.toLowerCase()}`]));
  const here = world({ links, ...options });
  for (const name of NAMES) here.remote.holds.set(name.toLowerCase(), `vlcanary-${name}`);
  here.remote.login = here.remote.batching(over);
  return here;
}

const paths = ({ remote }: World): string[][] => remote.batches.map((batch) => [...batch.paths]);
const all = NAMES.map((name) => `vlcanary-${name}`);

describe("reads of one connection that fall into one turn of the event loop", () => {
  it("are sent together, however many steps of a promise their callers awaited", async () => {
    const here = batching();
    await here.vault.get("A");
    const later = async (steps: number, name: string): Promise<unknown> => {
      for (let step = 0; step < steps; step++) await Promise.resolve();
      return here.vault.get(name);
    };
    await Promise.all([later(0, "B"), later(7, "C"), later(20, "D")]);
    expect(paths(here)).toEqual([["b", "c", "d"]]);
  });

  it("the first of a vault wait for one opening and go together too", async () => {
    const here = batching();
    expect(outcomes(await here.vault.getMany(NAMES))).toEqual(all);
    expect(paths(here)).toEqual([["a", "b", "c", "d", "e"]]);
    expect(here.remote.reads).toHaveLength(0);
  });

  it("a cached value is not asked for again", async () => {
    const here = batching();
    await here.vault.get("B");
    await here.vault.getMany(NAMES);
    expect(paths(here)).toEqual([["a", "c", "d", "e"]]);
  });

  it("reads that must be fresh are not mixed with others", async () => {
    const here = batching();
    await here.vault.getMany(["A", "B"]);
    const many = [here.vault.getMany(["A", "B"], { refresh: true }), here.vault.getMany(["C", "D"])];
    await Promise.all(many);
    const sent = here.remote.batches.slice(1).map((batch) => [batch.paths.join(""), batch.context.fresh ?? false]);
    expect(sent).toEqual([
      ["cd", false],
      ["ab", true],
    ]);
  });
});

describe("what is sent together", () => {
  it("documents are asked for once, whatever the number of their names and fields", async () => {
    const links = { U: "c://db#user", P: "c://db#password", A: "c://a", B: "c://a" };
    const here = batching({}, { links });
    here.remote.holds.set("db", { user: "vlcanary-user", password: "vlcanary-password" });
    const many = await here.vault.getMany(["U", "P", "A", "B", "U"]);
    expect(paths(here)).toEqual([["db", "a"]]);
    expect(outcomes(many)).toEqual(["vlcanary-user", "vlcanary-password", "vlcanary-A", "vlcanary-A", "vlcanary-user"]);
  });

  it.each([
    [1, [], ["a", "b", "c", "d", "e"]],
    [
      2,
      [
        ["a", "b"],
        ["c", "d"],
      ],
      ["e"],
    ],
    [4, [["a", "b", "c", "d"]], ["e"]],
    [5, [["a", "b", "c", "d", "e"]], []],
    [6, [["a", "b", "c", "d", "e"]], []],
  ])("are split by maxBatch %i; what is left alone is a single read", async (maxBatch, many, single) => {
    const here = batching({ maxBatch });
    expect(outcomes(await here.vault.getMany(NAMES))).toEqual(all);
    expect(paths(here)).toEqual(many);
    expect(here.remote.asked).toEqual(single);
  });

  it.each([0, -1, 0.5, Number.NaN])("a maxBatch of %d, which nobody can mean, loses no read", async (maxBatch) => {
    const here = batching({ maxBatch });
    expect(outcomes(await here.vault.getMany(NAMES))).toEqual(all);
  });

  it("a single miss is a single read", async () => {
    const here = batching();
    await here.vault.get("A");
    expect([here.remote.asked, here.remote.batches]).toEqual([["a"], []]);
  });

  it("each chunk has a slot of its own", async () => {
    const here = batching({ maxBatch: 2 }, { byHand: true, limits: { concurrency: 1 } });
    void here.vault.getMany(NAMES.slice(0, 4));
    await settle();
    expect(paths(here)).toEqual([["a", "b"]]);
    here.remote.batches[0]?.respond([outcomeOf("vlcanary-A"), outcomeOf("vlcanary-B")]);
    await settle();
    expect(paths(here)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });
});

describe("the outcomes of a batch", () => {
  it("a failing item touches no neighbour", async () => {
    const here = batching();
    here.remote.holds.set("b", failure("denied")).delete("d");
    expect(outcomes(await here.vault.getMany(NAMES))).toEqual([
      "vlcanary-A",
      "denied",
      "vlcanary-C",
      "not_found",
      "vlcanary-E",
    ]);
    expect(here.remote.batches).toHaveLength(1);
  });

  it("only failed items are retried", async () => {
    const here = batching();
    here.remote.holds.set("b", failure("unavailable")).set("d", failure("unavailable"));
    const many = here.vault.getMany(NAMES);
    await settle();
    here.remote.holds.set("b", "vlcanary-B").set("d", "vlcanary-D");
    await here.clock.pass(SECOND);
    expect(outcomes(await many)).toEqual(all);
    expect(paths(here).slice(1).flat().concat(here.remote.asked)).toEqual(["b", "d"]);
  });

  it.each([
    ["fewer", ["a", "b"]],
    ["more", ["a", "b", "c", "a"]],
    ["none", []],
  ])("%s than asked for are internal for all, never a shifted value", async (_what, answered) => {
    const here = batching({}, { byHand: true });
    const many = here.vault.getMany(["A", "B", "C"]);
    await settle();
    here.remote.batches[0]?.respond(answered.map((path) => outcomeOf(`vlcanary-${path}`)));
    expect(outcomes(await many)).toEqual(["internal", "internal", "internal"]);
    expect(here.vault.status().cache.entries).toBe(0);
  });

  it.each([
    ["an error of another kind", { status: "rejected", reason: new Error("vlcanary-in-a-message") }],
    ["a reason that is none", { status: "rejected", reason: "vlcanary-as-a-reason" }],
    ["no outcome", undefined],
    ["no document", { status: "fulfilled", value: undefined }],
    ["a list", { status: "fulfilled", value: { value: ["vlcanary-in-a-list"] } }],
  ])("%s is internal for that item alone", async (_what, outcome) => {
    const here = batching({}, { byHand: true });
    const many = here.vault.getMany(["A", "B"]);
    await settle();
    here.remote.batches[0]?.respond([outcome as PromiseSettledResult<never>, outcomeOf("vlcanary-B")]);
    const settled = await many;
    expect(outcomes(settled)).toEqual(["internal", "vlcanary-B"]);
    expect(JSON.stringify(settled)).not.toContain("vlcanary-");
    expect(String((settled[0] as PromiseRejectedResult).reason)).not.toContain("vlcanary-");
  });

  it("a batch that is refused as a whole is read singly, and none is tried again in this session", async () => {
    const here = batching({ readMany: () => Promise.reject(failure("denied")) });
    expect(outcomes(await here.vault.getMany(NAMES))).toEqual(all);
    expect(here.remote.asked).toEqual(["a", "b", "c", "d", "e"]);
    const before = here.vault.status().connections[0]?.calls ?? 0;
    here.vault.reset();
    await here.vault.getMany(NAMES);
    expect(here.vault.status().connections[0]?.calls).toBe(before + 5);
  });

  it("the next session tries a batch again", async () => {
    const here = batching({ readMany: () => Promise.reject(failure("denied")) });
    await here.vault.getMany(["A", "B"]);
    here.remote.login = here.remote.batching();
    await here.vault.reauthenticate("c");
    await here.vault.getMany(["C", "D"]);
    expect(paths(here)).toEqual([["c", "d"]]);
  });

  it.each(["not_found", "invalid_config", "internal"] as const)(
    "any other failure of the whole is that of each item: %s",
    async (code) => {
      const here = batching({ readMany: () => Promise.reject(failure(code)) });
      expect(outcomes(await here.vault.getMany(["A", "B"]))).toEqual([code, code]);
      expect(here.remote.reads).toHaveLength(0);
    },
  );
});

describe("getMany", () => {
  it("gives what get gives, in order, one outcome per name", async () => {
    const here = batching();
    here.remote.holds.set("b", failure("unusable", { reason: "disabled" }));
    const names = ["E", "B", "NOPE", "A", "E", "c://b", "c://a"];
    const many = await here.vault.getMany(names);
    here.vault.reset();
    const single = await Promise.allSettled(names.map((name) => here.vault.get(name)));
    expect(outcomes(many)).toEqual(outcomes(single));
    expect(outcomes(many)).toEqual([
      "vlcanary-E",
      "unusable",
      "unresolved",
      "vlcanary-A",
      "vlcanary-E",
      "unusable",
      "vlcanary-A",
    ]);
  });

  it("of nothing is nothing, and opens nothing", async () => {
    const here = batching();
    expect(await here.vault.getMany([])).toEqual([]);
    expect(here.remote.opens).toHaveLength(0);
  });
});
