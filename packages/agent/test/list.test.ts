import { describe, expect, it, onTestFinished } from "vitest";
import { SecretError } from "@vaultlink/core";
import { AgentClient } from "../src/client/client.ts";
import type { AgentPlace } from "../src/place.ts";
import type { Operations } from "../src/server/agent.ts";
import { echo, serve, temporaryPlace } from "./support.ts";
import { answering, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };

/** The parts of a listing, as paths, and its answer. */
async function listed(
  client: AgentClient,
  request: object,
  options = {},
): Promise<{ parts: string[][]; more: unknown }> {
  const parts: string[][] = [];
  const asking = client.askInParts("list", request, options);
  for (;;) {
    const next = await asking.next();
    if (next.done === true) return { parts, more: next.value["more"] };
    const entries = next.value["entries"] as ReadonlyArray<{ readonly locator: { readonly path: string } }>;
    parts.push(entries.map(({ locator }) => locator.path));
  }
}

describe("a listing", () => {
  it("comes in parts, of what begins with the prefix, over the session that reads use", async () => {
    const { client, remote } = await vaultWorld();
    remote.listed.push("xx");
    const asking = await client(TOKEN);
    expect(await listed(asking, { connection: "mem", prefix: "x" })).toEqual({ parts: [["x", "xx"]], more: false });
    await asking.ask("resolve", { names: ["X"] });
    expect(remote.log).toEqual(["open", "list x", "read x"]);
  });

  it("has 200 entries at most in a part", async () => {
    const { client, remote } = await vaultWorld();
    remote.listed.splice(0, 2, ...Array.from({ length: 401 }, (_, at) => `${at}`));
    const { parts } = await listed(await client(TOKEN), { connection: "mem" });
    expect(parts.flat()).toHaveLength(401);
    expect(Math.max(...parts.map(({ length }) => length))).toBe(200);
  });

  it("fails with the code of its vault, after what it found", async () => {
    const { client, remote } = await vaultWorld();
    remote.listed.splice(1, 1, new SecretError("denied", "The permission to list is missing."));
    const asking = (await client(TOKEN)).askInParts("list", { connection: "mem" });
    expect(await asking.next()).toMatchObject({ value: { entries: [{ locator: { path: "x" } }] } });
    await expect(asking.next()).rejects.toMatchObject({ code: "denied", details: { connection: "mem" } });
  });

  it("asks the person who is there, and nobody else", async () => {
    const { client } = await vaultWorld();
    const person = answering("vlcanary-right");
    await expect(listed(await client(), { connection: "mem" }, person)).rejects.toMatchObject({
      code: "unauthenticated",
    });
    expect(person.asked).toEqual([]);
    const { parts } = await listed(await client(), { connection: "mem", interactive: true }, person);
    expect(parts.flat()).toEqual(["x", "y"]);
    expect(person.asked).toHaveLength(1);
  });

  it("is cancelled by a client that leaves", async () => {
    const place = temporaryPlace();
    const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();
    await serve(place, { operations: endless(cancel) });
    for await (const part of (await clientOf(place)).askInParts("list")) {
      expect(part).toEqual({ entries: [] });
      break;
    }
    await cancelled;
  });

  it("is not begun again by another agent", async () => {
    const place = temporaryPlace();
    const { agent } = await serve(place, { operations: endless() });
    const asking = (await clientOf(place)).askInParts("list");
    await asking.next();
    agent.wipe();
    await serve(place);
    await expect(asking.next()).rejects.toMatchObject({ code: "unavailable" });
  });
});

/** Tells one part, and never answers. */
const endless = (onCancel = (): void => {}): Operations => ({
  ...echo,
  perform: (_operation, _request, call) => {
    call.tell({ part: { entries: [] } });
    call.signal.addEventListener("abort", onCancel);
    return new Promise(() => {});
  },
});

async function clientOf(place: AgentPlace): Promise<AgentClient> {
  const client = await AgentClient.open({ place, env: {}, commandPlace: {} });
  if (client === undefined) throw new Error("No agent serves here.");
  onTestFinished(() => client.close());
  return client;
}
