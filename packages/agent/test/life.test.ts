import { renameSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { manualClock } from "@vaultlink/testkit";
import { describe, expect, it } from "vitest";
import { AgentGone } from "../src/client/session.ts";
import type { Held } from "../src/server/life.ts";
import { echo, open, serve, temporaryFolder, temporaryPlace } from "./support.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** An agent that holds what is said, and whether it has ended. */
async function holding(held: Held) {
  const place = temporaryPlace();
  const clock = manualClock();
  const state = { hasEnded: false, held };
  const { ended } = await serve(place, { clock, operations: { ...echo, held: () => state.held } });
  const over = ended.then(() => {
    state.hasEnded = true;
  });
  /** Lets time pass, and what it causes happen. */
  const pass = async (ms: number): Promise<boolean> => {
    clock.advance(ms);
    await new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
    await Promise.race([over, new Promise((resolve) => void setImmediate(resolve))]);
    return state.hasEnded;
  };
  return { place, clock, state, over, pass };
}

describe("an agent by itself", () => {
  it("ends five minutes after the last request when it holds nothing", async () => {
    const { pass, place, over } = await holding({ entries: 0, sessionsByPerson: 0 });
    expect(await pass(4 * MINUTE)).toBe(false);
    await (await open(place)).ask("ping");
    expect(await pass(4 * MINUTE)).toBe(false);
    await pass(MINUTE + 10 * SECOND);
    await expect(over).resolves.toBeUndefined();
  });

  it("stays an hour for a session that needed a person", async () => {
    const { pass, over } = await holding({ entries: 0, sessionsByPerson: 1 });
    expect(await pass(59 * MINUTE)).toBe(false);
    await pass(MINUTE + 10 * SECOND);
    await expect(over).resolves.toBeUndefined();
  });

  it("stays as long as it holds a value, but no longer than twelve hours", async () => {
    const { pass, over } = await holding({ entries: 1, sessionsByPerson: 0 });
    expect(await pass(12 * HOUR - 20 * SECOND)).toBe(false);
    await pass(30 * SECOND);
    await expect(over).resolves.toBeUndefined();
  });

  it("ends when its socket is no longer at its name", async () => {
    const { pass, place, over } = await holding({ entries: 1, sessionsByPerson: 1 });
    rmSync(place.socket);
    await pass(10 * SECOND);
    await expect(over).resolves.toBeUndefined();
  });
});

describe("an upgrade", () => {
  it("ends the agent at the next request, which is for its successor to answer", async () => {
    const place = temporaryPlace();
    const program = join(temporaryFolder(), "agent.js");
    writeFileSync(program, "old");
    const { ended } = await serve(place, { program: [program] });
    const session = await open(place);
    await session.ask("status");
    writeFileSync(`${program}.new`, "new one");
    renameSync(`${program}.new`, program);
    await expect(session.ask("status")).rejects.toThrow(AgentGone);
    await ended;
  });
});

describe("a client that does nothing", () => {
  it("is sent away when it does not prove itself within five seconds", async () => {
    const { pass, place } = await holding({ entries: 1, sessionsByPerson: 0 });
    const socket = createConnection(place.socket);
    const closed = new Promise((resolve) => void socket.once("close", () => resolve("closed")));
    // Its connection is accepted once the agent answers a later one.
    await (await open(place)).ask("ping");
    await pass(5 * SECOND);
    expect(await closed).toBe("closed");
  });

  it("is sent away when it asks nothing for half a minute", async () => {
    const { pass, place } = await holding({ entries: 1, sessionsByPerson: 0 });
    const session = await open(place);
    await session.ask("ping");
    await pass(30 * SECOND);
    await expect(session.ask("ping")).rejects.toThrow(AgentGone);
  });
});
