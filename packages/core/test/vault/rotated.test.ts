import { describe, expect, it } from "vitest";
import { HOUR, SECOND, type World, world } from "../fixture.ts";

/** `X` was read, and its value is another since. */
async function rotated(): Promise<World> {
  const here = world();
  await here.vault.get("X");
  here.remote.holds.set("x", "vlcanary-x-2");
  return here;
}

describe("a value that was changed at the vault", () => {
  it("E23: shows when the one before has expired, and not sooner", async () => {
    const { clock, text } = await rotated();
    await clock.pass(HOUR - SECOND);
    expect(await text("X")).toBe("vlcanary-x-1");
    await clock.pass(SECOND);
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("E23: shows after a reset", async () => {
    const { text, vault } = await rotated();
    vault.reset({ name: "X" });
    expect(await text("X")).toBe("vlcanary-x-2");
  });

  it("E23: shows with a refresh, to everybody from then on", async () => {
    const { remote, text } = await rotated();
    expect(await text("X", { refresh: true })).toBe("vlcanary-x-2");
    expect(await text("X")).toBe("vlcanary-x-2");
    expect(remote.reads).toHaveLength(2);
  });

  it("E23: shows to use after a login that the former one could not do", async () => {
    const { remote, vault } = await rotated();
    const seen: string[] = [];
    await vault.use("X", (value) => {
      seen.push(value.reveal());
      if (seen.length === 1) throw Object.assign(new Error("No."), { status: 401 });
    });
    expect(seen).toEqual(["vlcanary-x-1", "vlcanary-x-2"]);
    expect(remote.reads).toHaveLength(2);
  });
});
