import { writeFile } from "node:fs/promises";
import { createVault, type ListEntry, type VaultStatus } from "@vaultlink/core";
import { type ManualClock, manualClock } from "@vaultlink/testkit";
import { describe, expect, it } from "vitest";
import { openWorld } from "../../test/context.ts";
import type { VaultAccess } from "../vault/access.ts";
import { withVault, configure } from "../vault/with-vault.ts";
import { Progress } from "./progress.ts";
import { describeWait } from "./wait.ts";
import { watched } from "./watched.ts";

/** A terminal of 60 characters: what it shows now, and all that was written to it. */
function screen() {
  const seen: string[] = [];
  let line = "";
  const write = (text: string): void => {
    seen.push(text);
    line = text.split("\r\u001b[K").at(-1) ?? "";
  };
  return { seen, shown: () => line, write, columns: () => 60 };
}

/** Lets time pass, and before and after it what is under way. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(ms);
  await new Promise((resolve) => setImmediate(resolve));
}

function waiting() {
  const clock = manualClock();
  const terminal = screen();
  return { clock, terminal, progress: new Progress(clock, terminal) };
}

/** Work that ends when it is told to. */
function work() {
  const { promise, resolve } = Promise.withResolvers<string>();
  return { does: () => promise, end: () => resolve("done") };
}

const status = (parts: Partial<VaultStatus>): VaultStatus => ({
  connections: [],
  links: [],
  cache: { entries: 0, bytes: 0, ttl: 60, hits: 0, misses: 0 },
  sessions: { open: 0, byPerson: 0 },
  ...parts,
});
const connection = { name: "hcv", provider: "hashicorp", state: "ready", cached: 0, calls: 0 } as const;
const link = { name: "DB", reference: "hcv://a", required: true, state: "unknown" } as const;

describe("N10: progress", () => {
  it("comes after 300 ms, counts down, and is gone when the vault answers", async () => {
    const { clock, terminal, progress } = waiting();
    const { does, end } = work();
    const wait = { names: ["DB"], limitMs: 30_000, status: () => status({ connections: [connection], links: [link] }) };
    const done = progress.during(wait, does);
    await pass(clock, 299);
    expect(terminal.seen).toEqual([]);
    await pass(clock, 1);
    expect(terminal.shown()).toBe("vaultlink: waiting for hcv, 30 s left");
    await pass(clock, 1_000);
    expect(terminal.shown()).toBe("vaultlink: waiting for hcv, 29 s left");
    end();
    expect(await done).toBe("done");
    expect(terminal.shown()).toBe("");
    await pass(clock, 5_000);
    expect(terminal.shown()).toBe("");
  });

  it("says nothing of what answers at once, also not when it fails", async () => {
    const { clock, terminal, progress } = waiting();
    await progress.during({}, async () => 1);
    await expect(progress.during({}, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await pass(clock, 5_000);
    expect(terminal.seen).toEqual([]);
  });

  it("goes away for what else is written, and comes again", async () => {
    const { clock, terminal, progress } = waiting();
    const { does, end } = work();
    const done = progress.during({ connection: "hcv" }, does);
    await pass(clock, 300);
    progress.hide();
    expect(terminal.shown()).toBe("");
    await pass(clock, 1_000);
    expect(terminal.shown()).toBe("vaultlink: waiting for hcv");
    end();
    await done;
  });

  it("shows nothing while a person is asked", async () => {
    const { clock, terminal, progress } = waiting();
    const [outer, question] = [work(), work()];
    const done = progress.during({ connection: "hcv" }, outer.does);
    await pass(clock, 300);
    const answered = progress.suspended(question.does);
    await pass(clock, 10_000);
    expect(terminal.shown()).toBe("");
    question.end();
    await answered;
    await pass(clock, 1_000);
    expect(terminal.shown()).toBe("vaultlink: waiting for hcv");
    outer.end();
    await done;
  });

  it("survives an agent that does not answer, and fits the terminal", async () => {
    const { clock, terminal, progress } = waiting();
    const { does, end } = work();
    const gone = (): Promise<never> => Promise.reject(new Error("gone"));
    const done = progress.during({ connection: "h".repeat(63), status: gone }, does);
    await pass(clock, 300);
    expect(terminal.shown()).toBe(`vaultlink: waiting for ${"h".repeat(36)}`);
    end();
    await done;
  });

  it("of a wait inside another shows the inner one", async () => {
    const { clock, terminal, progress } = waiting();
    const [outer, inner] = [work(), work()];
    const done = progress.during({ connection: "one" }, outer.does);
    const within = progress.during({ connection: "two" }, inner.does);
    await pass(clock, 300);
    expect(terminal.shown()).toBe("vaultlink: waiting for two");
    inner.end();
    await within;
    await pass(clock, 1_000);
    expect(terminal.shown()).toBe("vaultlink: waiting for one");
    outer.end();
    await done;
  });

  it("is part of every command that asks a vault", async () => {
    const { clock, terminal, progress } = waiting();
    const context = await openWorld(
      { a: "vlcanary-a" },
      { progress, createVault: (options) => createVault({ ...options, clock }) },
    );
    await writeFile(
      context.userFile,
      JSON.stringify({
        version: 1,
        connections: { mem: { provider: "memory", url: "memory:" } },
        links: { A: "mem://a" },
      }),
    );
    const { does, end } = work();
    const vault = {
      ...context.createVault({ connections: {}, env: {} }),
      close: async () => {},
      getMany: () => does().then(() => []),
      status: () => status({}),
    };
    const configuration = await configure(context);
    const done = withVault({ ...context, createVault: () => vault as never }, configuration, (one) =>
      one.getMany(["mem://a"]),
    );
    await pass(clock, 300);
    expect(terminal.shown()).toBe("vaultlink: waiting for the vault, 30 s left");
    end();
    await done;
    expect(terminal.shown()).toBe("");
  });
});

it("F4: of a listing no time is told, since a search makes one after another", async () => {
  const { clock, terminal, progress } = waiting();
  const { does, end } = work();
  async function* list(): AsyncGenerator<ListEntry> {
    await does();
    yield { locator: { path: "a", query: {} } };
  }
  const { list: listing } = watched({ ...({} as VaultAccess), list, status: () => status({}) }, progress);
  const listed = listing("hcv", { prefix: "" })[Symbol.asyncIterator]().next();
  await pass(clock, 300);
  expect(terminal.shown()).toBe("vaultlink: waiting for hcv");
  end();
  expect(await listed).toMatchObject({ done: false });
});

describe("what is said of a wait", () => {
  it.each([
    ["throttled", { ...connection, throttledForMs: 11_200 }, "hcv asks to wait 12 s, 28 s left"],
    ["opening", { ...connection, state: "opening" as const }, "signing in to hcv, 28 s left"],
    ["reading", connection, "waiting for hcv, 28 s left"],
  ])("%s", (_what, one, text) => {
    const now = status({ connections: [one, { ...one, name: "other" }], links: [link] });
    expect(describeWait({ names: ["DB"], limitMs: 30_000 }, 2_000, now)).toBe(text);
  });

  it("without knowing anything", () => {
    expect(describeWait({ names: ["arn:aws:x"] }, 2_000, undefined)).toBe("waiting for the vault");
  });
});
