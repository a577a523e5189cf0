import { writeFile } from "node:fs/promises";
import { type LinkChange, SecretError, SecretValue, type Vault } from "@vaultlink/core";
import { manualClock, type ManualClock } from "@vaultlink/testkit";
import { expect, it } from "vitest";
import { openWorld, type TestWorld } from "../../../test/context.ts";
import type { ChildCommand, ChildEnd } from "../../child/child.ts";
import { run } from "./run.ts";

/** A vault whose values a test changes, a command that runs until it is told to end, and a clock that stands still. */
interface Watched {
  readonly context: TestWorld;
  readonly clock: ManualClock;
  readonly held: Record<string, string | SecretError>;
  /** Tells of a change, as core does. */
  readonly tell: (name: string, change?: Partial<LinkChange>) => void;
  /** Each command that was started: its value, and the signals that it got. */
  readonly started: {
    readonly value: string | undefined;
    readonly got: NodeJS.Signals[];
    end: (end: ChildEnd) => void;
  }[];
}

/** `stubborn`: the command does not end when it is asked to. */
async function watchedWorld({ stubborn = false } = {}): Promise<Watched> {
  const clock = manualClock();
  const held: Record<string, string | SecretError> = { A: "value-one" };
  const watchers = new Map<string, (change: LinkChange) => void | Promise<void>>();
  const started: Watched["started"] = [];
  const value = (name: string): PromiseSettledResult<SecretValue> => {
    const one = held[name] ?? new SecretError("not_found", "The vault has no such secret.");
    if (typeof one !== "string") return { status: "rejected", reason: one };
    return { status: "fulfilled", value: new SecretValue(Buffer.from(one), { source: "vault", ageMs: 0 }) };
  };
  const vault: Partial<Vault> = {
    getMany: async (names) => names.map(value),
    watch(name, fn) {
      watchers.set(name, fn);
      return { close: async () => {}, [Symbol.asyncDispose]: async () => {} };
    },
    close: async () => {},
  };
  const startChild = ({ env, started: tellKill }: ChildCommand): Promise<ChildEnd> =>
    new Promise((end) => {
      const got: NodeJS.Signals[] = [];
      started.push({ value: env["A"], got, end });
      tellKill?.((signal) => {
        got.push(signal);
        if (signal === "SIGKILL" || (signal === "SIGTERM" && !stubborn)) end({ code: 143, signal });
      });
    });
  const context = await openWorld({}, { clock, startChild, createVault: () => vault as Vault });
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { A: "mem://a" } }));
  const tell: Watched["tell"] = (name, change = {}) => void watchers.get(name)?.({ name, at: 0, ...change });
  return { context, clock, held, tell, started };
}

/** Lets what is under way go on, with or without time that passes. */
async function pass(clock: ManualClock, ms = 0): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  clock.advance(ms);
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Starts it, and waits until its command runs. */
async function begin(world: Watched, watch = "restart"): Promise<Promise<unknown>[]> {
  const done = run(world.context, ["server"], { watch });
  await expect.poll(() => world.started.length).toBe(1);
  return [done];
}

it("restarts the command with the new value, and ends as the last one ends", async () => {
  const world = await watchedWorld();
  const [done] = await begin(world);
  world.held["A"] = "value-two";
  world.tell("A", { version: "2" });
  await pass(world.clock, 999);
  expect(world.started).toHaveLength(1);
  await pass(world.clock, 1);
  expect(world.started.map(({ value, got }) => [value, got])).toEqual([
    ["value-one", ["SIGTERM"]],
    ["value-two", []],
  ]);
  world.started[1]?.end({ code: 7 });
  expect(await done).toEqual({ kind: "child-ended", code: 7 });
});

it("takes several changes at once for one, and one that changes nothing for none", async () => {
  const world = await watchedWorld();
  const [done] = await begin(world);
  world.held["A"] = "value-two";
  for (let at = 0; at < 3; at++) {
    world.tell("A", { version: String(at) });
    await pass(world.clock, 500);
  }
  await pass(world.clock, 500);
  world.tell("A", { version: "9" });
  await pass(world.clock, 1_000);
  expect(world.started.map(({ value }) => value)).toEqual(["value-one", "value-two"]);
  world.started[1]?.end({ code: 0 });
  await done;
});

it("sends a signal instead, if that is asked for", async () => {
  const world = await watchedWorld();
  const [done] = await begin(world, "SIGHUP");
  world.held["A"] = "value-two";
  world.tell("A", { version: "2" });
  await pass(world.clock, 1_000);
  expect(world.started.map(({ got }) => got)).toEqual([["SIGHUP"]]);
  world.started[0]?.end({ code: 0 });
  await done;
});

it("ends a command that does not end by itself", async () => {
  const world = await watchedWorld({ stubborn: true });
  const [done] = await begin(world);
  world.held["A"] = "value-two";
  world.tell("A", { version: "2" });
  await pass(world.clock, 1_000);
  await pass(world.clock, 9_999);
  expect(world.started.map(({ got }) => got)).toEqual([["SIGTERM"]]);
  await pass(world.clock, 1);
  expect(world.started.map(({ got }) => got)).toEqual([["SIGTERM", "SIGKILL"], []]);
  world.started[1]?.end({ code: 0 });
  await done;
});

it("lets the command run on where the new value cannot be had, and says so", async () => {
  const world = await watchedWorld();
  const [done] = await begin(world);
  const gone = new SecretError("unavailable", "The vault does not answer.");
  world.held["A"] = gone;
  world.tell("A", { error: gone });
  world.tell("A", { version: "2" });
  await pass(world.clock, 1_000);
  expect(world.started.map(({ got }) => got)).toEqual([[]]);
  expect(world.context.notices).toEqual([
    "A: The vault does not answer. The command runs on.",
    "A: The vault does not answer.",
  ]);
  world.started[0]?.end({ code: 0 });
  await done;
});

it.each([["SIGKILL"], ["HUP"], ["often"], [""]])("takes no --watch=%s", async (watch) => {
  const { context } = await watchedWorld();
  await expect(run(context, ["server"], { watch })).rejects.toMatchObject({ code: "usage" });
  await expect(run(context, ["server"], { watch: "restart", watchEvery: "0" })).rejects.toMatchObject({
    code: "usage",
  });
});
