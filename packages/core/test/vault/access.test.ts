import { describe, expect, it } from "vitest";
import type { Access } from "../../src/index.ts";
import { failing, failure, settle, throwing, world, type World, type WorldOptions } from "../fixture.ts";

/** A vault that notes who was given what. */
function recorded(options: WorldOptions = {}): World & { readonly accesses: Access[] } {
  const accesses: Access[] = [];
  return { ...world({ onAccess: (access) => void accesses.push(access), ...options }), accesses };
}

describe("onAccess", () => {
  it("is told who was given what from where, and never the value", async () => {
    const { vault, clock, accesses, remote } = recorded();
    remote.holds.set("x", { document: { value: "vlcanary-x-1", version: "7" } });
    await vault.get("X");
    await vault.get("X");
    const link = { at: clock.epochMs(), name: "X", reference: "c://x", connection: "c", identity: "A", version: "7" };
    expect(accesses).toEqual([
      { ...link, source: "vault" },
      { ...link, source: "cache" },
    ]);
    expect(JSON.stringify(accesses)).not.toContain("vlcanary");
  });

  it("is told as whom a caller with another environment was given it", async () => {
    const { vault, accesses, remote } = recorded({ envVariables: ["TOKEN"] });
    const env = { TOKEN: "vlcanary-token-b" };
    await vault.get("X");
    remote.login = { identity: "B" };
    await vault.get("X", { env });
    remote.holds.set("y", failure("denied"));
    await failing(vault.get("Y", { env }));
    await vault.get("X");
    expect(accesses.map(({ identity }) => identity)).toEqual(["A", "B", "B", "A"]);
  });

  it("is told of a reference that no link has, and of no text that is none", async () => {
    const { vault, accesses } = recorded();
    await vault.get("c://y");
    await failing(vault.get("vlcanary-pasted-secret"));
    expect(accesses).toMatchObject([{ reference: "c://y", connection: "c" }, { code: "unresolved" }]);
    expect(JSON.stringify(accesses)).not.toContain("vlcanary");
  });

  it("is told of refusals, with their code", async () => {
    const { vault, remote, accesses } = recorded();
    remote.holds.set("x", failure("denied"));
    await failing(vault.get("X"));
    await vault.disconnect("c");
    await failing(vault.get("X"));
    expect(accesses).toMatchObject([
      { name: "X", connection: "c", identity: "A", code: "denied" },
      { name: "X", reference: "c://x", code: "unresolved" },
    ]);
    expect(accesses.some((access) => "source" in access)).toBe(false);
  });

  it("is told of what use, rotating and watch read, once for each value", async () => {
    const { vault, accesses } = recorded();
    await vault.use("X", () => {});
    await vault.rotating("X", () => {});
    vault.watch("X", () => {});
    await settle();
    expect(accesses.map(({ name, source }) => `${name} ${source}`)).toEqual(["X vault", "X cache", "X cache"]);
  });

  it("keeps a value back that it cannot record", async () => {
    const { vault } = recorded({
      onAccess: () => {
        throw new Error("vlcanary-disk-full");
      },
    });
    for (const refresh of [false, true]) {
      const error = await failing(vault.get("X", { refresh }));
      expect(error).toMatchObject({ code: "internal" });
      expect(error.message).not.toContain("vlcanary");
    }
    expect((await failing(vault.get("X"))).code).toBe("internal");
  });

  it("may be another for a view", async () => {
    const { vault, accesses, remote } = recorded();
    const own: Access[] = [];
    const options = { connections: { c: remote.provider }, links: { VIEWED: "c://x" } };
    await vault.view({ ...options, onAccess: (access) => void own.push(access) }).get("VIEWED");
    expect([own.length, accesses.length]).toEqual([1, 0]);
    await vault.view(options).get("VIEWED");
    expect([own.length, accesses.length]).toEqual([1, 1]);
  });

  it("is a function", () => {
    expect(throwing(() => world({ onAccess: "yes" as unknown as () => void })).code).toBe("invalid_config");
  });
});
