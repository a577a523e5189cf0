import { describe, expect, it } from "vitest";
import { texts, vaultWorld } from "./vaults.ts";

const TOKEN = { TOKEN: "vlcanary-right" };

describe("events", () => {
  it("tell what happens to connections and reads, and never a name of a secret or a value", async () => {
    const { client } = await vaultWorld();
    const events: object[] = [];
    const watching = await client();
    const { promise: seen, resolve } = Promise.withResolvers<void>();
    const over = watching
      .ask(
        "events",
        {},
        {
          onEvent(event) {
            events.push(event);
            if (event["kind"] === "read") resolve();
          },
        },
      )
      .catch(() => "over");
    // Answered after the subscription: one socket, one order.
    await watching.ask("ttl");
    await texts(await client(TOKEN), { names: ["X"] });
    await seen;
    expect(events).toContainEqual(expect.objectContaining({ kind: "state", connection: "mem", state: "ready" }));
    expect(events).toContainEqual(expect.objectContaining({ kind: "read", connection: "mem", source: "vault" }));
    expect(JSON.stringify(events)).not.toMatch(/vlcanary|"x"|mem:/);
    watching.close();
    expect(await over).toBe("over");
  });

  it("tell of the life of credentials, too", async () => {
    const { client } = await vaultWorld();
    const kinds: unknown[] = [];
    const watching = await client();
    const over = watching.ask("events", {}, { onEvent: ({ kind }) => kinds.push(kind) }).catch(() => "over");
    await watching.ask("ttl");
    const asking = await client(TOKEN);
    await texts(asking, { names: ["X"] });
    await asking.ask("disconnect", { connection: "mem" });
    await expect.poll(() => kinds).toContain("disconnected");
    watching.close();
    expect(await over).toBe("over");
  });
});
