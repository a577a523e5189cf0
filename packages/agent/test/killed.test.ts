import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { AgentClient } from "../src/client/client.ts";
import { findAgent } from "../src/client/find.ts";
import { startProcess } from "../src/client/start.ts";
import { makeDirectory } from "../src/place.ts";
import { temporaryPlace } from "./support.ts";

const PROGRAM = join(import.meta.dirname, "race/agent.ts");
/** No machine is as slow as that, in ms. */
const READY_MS = 300_000;

it.skipIf(process.platform === "win32")(
  "what was asked of an agent that is killed is answered by the next one, and nothing is left over",
  async () => {
    const place = temporaryPlace();
    makeDirectory(place);
    const start = (...how: readonly string[]): Promise<boolean> => {
      const command = [process.execPath, "--conditions=source", PROGRAM, JSON.stringify(place), ...how] as const;
      return startProcess({ command, env: process.env, readyMs: READY_MS });
    };
    onTestFinished(async () => {
      const left = await findAgent(place);
      await left?.ask("stop");
      left?.close();
    });
    expect(await start("silent")).toBe(true);
    const client = await AgentClient.open({ place, env: {}, commandPlace: {}, start: () => start() });
    onTestFinished(() => client?.close());
    const answer = client?.ask("resolve");
    // Once a later request is answered, the first is under way.
    const killed = Number((await client?.ask("ping"))?.["pid"]);
    process.kill(killed, "SIGKILL");
    const { pid } = (await answer) ?? {};
    expect(pid).toBeTypeOf("number");
    expect(pid).not.toBe(killed);
    expect(readdirSync(place.directory).toSorted()).toEqual(["agent-1.sock", "cookie"]);
  },
);
