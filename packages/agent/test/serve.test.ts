import { existsSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findAgent } from "../src/client/find.ts";
import { AgentGone } from "../src/client/session.ts";
import { startAgent } from "../src/server/agent.ts";
import { echo, open, serve, temporaryPlace } from "./support.ts";

describe("an agent", () => {
  it("answers a client of the same user", async () => {
    const place = temporaryPlace();
    await serve(place);
    const session = await open(place);
    expect(await session.ask("ping")).toMatchObject({ version: "1.2.3", pid: process.pid });
    expect(await session.ask("status", { place: "here" })).toMatchObject({
      operation: "status",
      request: { place: "here" },
    });
  });

  it("keeps its directory, its socket and its cookie to the user", async () => {
    const place = temporaryPlace();
    await serve(place);
    const modes = [place.directory, place.socket, place.cookie].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600, 0o600]);
  });

  it("leaves the place to one that serves already", async () => {
    const place = temporaryPlace();
    await serve(place);
    const second = await startAgent({ place, operations: echo, version: "2.0.0", onEnd: () => {} });
    expect(second).toBeUndefined();
    expect(await (await open(place)).ask("ping")).toMatchObject({ version: "1.2.3" });
  });

  it("ends when it is told to, and leaves nothing but its cookie", async () => {
    const place = temporaryPlace();
    const { ended } = await serve(place);
    const session = await open(place);
    await session.ask("stop");
    await ended;
    expect(existsSync(place.socket)).toBe(false);
    await expect(session.ask("ping")).rejects.toThrow(AgentGone);
    expect(await findAgent(place)).toBeUndefined();
  });

  it("lets what it was asked before finish first", async () => {
    const place = temporaryPlace();
    const { promise: gate, resolve: finish } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const perform = async (): Promise<object> => {
      begin();
      await gate;
      return { late: true };
    };
    const { ended } = await serve(place, { operations: { ...echo, perform } });
    const session = await open(place);
    const answer = session.ask("resolve");
    await begun;
    await (await open(place)).ask("stop");
    await expect(session.ask("resolve")).rejects.toThrow(AgentGone);
    finish();
    expect(await answer).toMatchObject({ late: true });
    await ended;
  });
});
