import { describe, expect, it } from "vitest";
import { failing, failure, MINUTE, SECOND, settle, world } from "../fixture.ts";

const REMEMBERED = ["not_found", "unusable", "ambiguous", "invalid_reference"] as const;

describe("a refusal of a secret", () => {
  it.each(REMEMBERED)("%s is remembered, and says how old it is", async (code) => {
    const { vault, remote, clock } = world();
    remote.holds.set("x", failure(code, { reason: "disabled" }));
    await failing(vault.get("X"));
    await clock.pass(10 * SECOND - 1);
    expect(await failing(vault.get("X"))).toMatchObject({
      code,
      details: { reason: "disabled", ageMs: 10 * SECOND - 1, name: "X", connection: "c" },
    });
    expect(remote.reads).toHaveLength(1);
  });

  it("and no longer", async () => {
    const { remote, clock, code, text } = world();
    remote.holds.delete("x");
    await code("X");
    remote.holds.set("x", "vlcanary-x-2");
    await clock.pass(10 * SECOND);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it.each([
    ["time asleep counts", 10 * SECOND, 0],
    ["a clock that was set back ends it", 0, -MINUTE],
  ])("%s", async (_what, asleep, moved) => {
    const { remote, clock, code } = world();
    remote.holds.delete("x");
    await code("X");
    clock.suspend(asleep);
    clock.moveWall(moved);
    await code("X");
    expect(remote.reads).toHaveLength(2);
  });

  it("counts from the answer", async () => {
    const { vault, remote, clock, code } = world({ byHand: true });
    const waiting = failing(vault.get("X"));
    await clock.pass(8 * SECOND);
    remote.reading.fail(failure("not_found"));
    await waiting;
    await clock.pass(9 * SECOND);
    expect(await code("X")).toBe("not_found");
    expect(remote.reads).toHaveLength(1);
  });

  it("being asked again does not prolong it", async () => {
    const { remote, clock, code } = world();
    remote.holds.delete("x");
    for (let second = 0; second < 10; second++) {
      await code("X");
      await clock.pass(SECOND);
    }
    expect(remote.reads).toHaveLength(1);
    await code("X");
    expect(remote.reads).toHaveLength(2);
  });

  it.each(["denied", "internal", "invalid_config"] as const)("%s is not remembered", async (code) => {
    const { remote, code: codeOf } = world();
    remote.holds.set("x", failure(code));
    expect(await codeOf("X")).toBe(code);
    expect(await codeOf("X")).toBe(code);
    expect(remote.reads).toHaveLength(2);
  });

  it("nor is a vault that could not be asked", async () => {
    const { vault, remote, clock, text } = world();
    remote.holds.set("x", failure("unavailable"));
    const waiting = failing(vault.get("X"));
    await clock.pass(SECOND);
    await waiting;
    remote.holds.set("x", "vlcanary-x-1");
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("is that of the document: every name of it is refused, its neighbours are not", async () => {
    const { remote, code } = world({ links: { A: "c://x#a", B: "c://x#b", Y: "c://y" } });
    remote.holds.delete("x");
    await code("A");
    expect(await code("B")).toBe("not_found");
    expect(await code("Y")).toBe("resolved");
    expect(remote.asked).toEqual(["x", "y"]);
  });

  it("of a field is not one of the document", async () => {
    const { remote, code, text } = world({ links: { A: "c://x#a", B: "c://x#b" } });
    remote.holds.set("x", { b: "vlcanary-b" });
    expect(await code("A")).toBe("unusable");
    expect(await text("B")).toBe("vlcanary-b");
    expect(remote.reads).toHaveLength(1);
  });

  it("the oldest of more than 256 is forgotten first", async () => {
    const { remote, code } = world();
    for (let index = 0; index < 257; index++) await code(`c://gone-${index}`);
    await code("c://gone-256");
    await code("c://gone-1");
    expect(remote.reads).toHaveLength(257);
    await code("c://gone-0");
    expect(remote.reads).toHaveLength(258);
  });
});

describe("a remembered refusal is forgotten", () => {
  const commands: ReadonlyArray<readonly [string, (here: ReturnType<typeof world>) => unknown]> = [
    ["a reset", ({ vault }) => vault.reset()],
    ["a reset of the connection", ({ vault }) => vault.reset({ connection: "c" })],
    ["a reset of the name", ({ vault }) => vault.reset({ name: "X" })],
    ["a reset of the reference", ({ vault }) => vault.reset({ name: "c://x" })],
    ["a link to the document", ({ vault }) => vault.link("Z", "c://x")],
    ["a relink to the document", ({ vault }) => vault.relink("Y", "c://x", { verify: false })],
    ["signing in again", ({ vault }) => vault.reauthenticate("c")],
    [
      "a disconnect",
      async ({ vault }) => {
        await vault.disconnect("c");
        await vault.reauthenticate("c");
      },
    ],
    ["a refresh", ({ text }) => text("X", { refresh: true })],
  ];

  it.each(commands)("by %s", async (_name, command) => {
    const here = world();
    here.remote.holds.delete("x");
    expect(await here.code("X")).toBe("not_found");
    here.remote.holds.set("x", "vlcanary-x-2");
    await command(here);
    expect(await here.text("X")).toBe("vlcanary-x-2");
  });

  it("by a refresh, though that could not ask the vault", async () => {
    const { vault, remote, clock, code, text } = world();
    remote.holds.delete("x");
    await code("X");
    remote.holds.set("x", failure("unavailable"));
    const refreshed = failing(vault.get("X", { refresh: true }));
    await clock.pass(SECOND);
    expect((await refreshed).code).toBe("unavailable");
    remote.holds.set("x", "vlcanary-x-2");
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("by an opening anew after the credentials lapsed", async () => {
    const { vault, remote, clock, code } = world();
    remote.login = { identity: "A", expiresAt: clock.epochMs() + 5 * SECOND };
    await vault.get("Y");
    remote.holds.delete("x");
    await code("X");
    await clock.pass(5 * SECOND);
    remote.login = { identity: "A" };
    await code("X");
    expect(remote.asked).toEqual(["y", "x", "x"]);
  });

  it("one that was under way when a reset came is not remembered", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const waiting = failing(vault.get("X"));
    await settle();
    vault.reset();
    remote.reading.fail(failure("not_found"));
    await waiting;
    const again = text("X");
    await settle();
    remote.reading.respond("vlcanary-x-2");
    expect(await again).toBe("vlcanary-x-2");
  });

  it("a reset of another name leaves it", async () => {
    const { vault, remote, code } = world();
    remote.holds.delete("x");
    await code("X");
    vault.reset({ name: "Y" });
    await code("X");
    expect(remote.reads).toHaveLength(1);
  });
});
