import { readdirSync } from "node:fs";
import { manualClock } from "@vaultlink/testkit";
import { expect, it } from "vitest";
import { AgentClient } from "../src/client/client.ts";
import { open, serve, temporaryPlace } from "./support.ts";

const descriptors = (): number => readdirSync("/proc/self/fd").length;

it.runIf(process.platform === "linux")(
  "a client connects once to the next agent, however many requests wait for it (skipped where the system lists no descriptors)",
  async () => {
    const place = temporaryPlace();
    const before = descriptors();
    const first = await serve(place);
    const client = await AgentClient.open({ place, env: {}, commandPlace: {} });
    if (client === undefined) throw new Error("No agent serves here.");
    await client.ask("status");
    await (await open(place)).ask("stop");
    await first.ended;
    // Its clock stands still: it sends nobody away for asking nothing.
    await serve(place, { clock: manualClock() });
    const asked = Array.from({ length: 5 }, () => client.ask("status"));
    expect(await Promise.all(asked)).toHaveLength(5);
    client.close();
    // What it listens at is all that is left.
    await expect.poll(descriptors).toBe(before + 1);
  },
);
