import { describe, expect, it } from "vitest";
import { failing, failure, SECOND, settle, throwing, watched, world } from "../fixture.ts";

describe("relinking to another reference", () => {
  it("E1: the name gives the other value at once, with no reset (S13)", async () => {
    const { vault, remote, text } = world();
    expect(await text("X")).toBe("vlcanary-x-1");
    await vault.relink("X", "c://y");
    expect(await text("X")).toBe("vlcanary-y-1");
    expect(remote.asked).toEqual(["x", "y"]);
  });

  it("E1: is verified by one fresh read although the value is cached", async () => {
    const { vault, remote, text } = world();
    await vault.getMany(["X", "Y"]);
    remote.holds.set("y", "vlcanary-y-2");
    await vault.relink("X", "c://y");
    expect(remote.asked).toEqual(["x", "y", "y"]);
    expect(remote.reading.context.fresh).toBe(true);
    expect(await text("Y"), "every link of the document sees what was read").toBe("vlcanary-y-2");
  });

  it("E1: the old value goes if no other link uses it", async () => {
    const { vault } = world();
    await vault.get("X");
    await vault.relink("X", "c://y");
    expect(vault.status().cache.entries).toBe(1);
  });

  it("the old value stays if another link uses it, be it for another field", async () => {
    const { vault, remote } = world({ links: { A: "c://x#a", B: "c://x#b" } });
    remote.holds.set("x", { a: "vlcanary-a", b: "vlcanary-b" });
    await vault.get("A");
    await vault.relink("A", "c://y");
    expect((await vault.get("B")).provenance.source).toBe("cache");
  });

  it("the link is what it was until the promise resolves (S12)", async () => {
    const { vault, remote, text } = world();
    await text("X");
    remote.byHand = true;
    const relinking = vault.relink("X", "c://y");
    await settle();
    expect(await text("X")).toBe("vlcanary-x-1");
    expect(vault.status().links[0]?.reference).toBe("c://x");
    remote.reading.respond("vlcanary-y-1");
    await relinking;
    expect(vault.status().links[0]?.reference).toBe("c://y");
  });

  it.each(["denied", "not_found", "unusable", "invalid_reference"] as const)(
    "E4: a verification that fails leaves the old link whole: %s",
    async (code) => {
      const { vault, remote, text } = world();
      await text("X");
      remote.holds.set("y", failure(code));
      const error = await failing(vault.relink("X", "c://y"));
      expect(error).toMatchObject({ code, details: { name: "X", connection: "c" } });
      expect(vault.status().links[0]).toMatchObject({ name: "X", reference: "c://x" });
      expect(await text("X")).toBe("vlcanary-x-1");
    },
  );

  it("a field that the new document does not have leaves the old link whole", async () => {
    const { vault, remote, text } = world();
    remote.holds.set("y", { user: "vlcanary-user" });
    expect(await failing(vault.relink("X", "c://y#password"))).toMatchObject({
      code: "unusable",
      details: { reason: "field-missing" },
    });
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("E4: a vault that cannot be asked leaves the old link whole, too", async () => {
    const { vault, remote, clock, text } = world();
    await vault.get("X");
    remote.holds.set("y", failure("unavailable"));
    const relinked = watched(vault.relink("X", "c://y"));
    await clock.pass(10 * SECOND);
    expect(relinked.error?.code).toBe("unavailable");
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("E4: without verification it commits unread, also to what is not there", async () => {
    const { vault, remote, code } = world();
    await vault.relink("X", "c://gone", { verify: false });
    expect(remote.reads).toHaveLength(0);
    expect(await code("X")).toBe("not_found");
  });

  it("keeps what else the link says", async () => {
    const { vault } = world({ links: { X: { reference: "c://x", required: false } } });
    await vault.relink("X", "c://y");
    expect(vault.status().links).toMatchObject([{ reference: "c://y", required: false }]);
  });
});

describe("relinking to the same reference", () => {
  it("E2: makes one call, for all links of the document (S13)", async () => {
    const { vault, remote, text } = world({ links: { A: "c://x", B: "c://x" } });
    await vault.getMany(["A", "B"]);
    remote.holds.set("x", "vlcanary-x-2");
    await vault.relink("A", "c://x");
    expect([await text("A"), await text("B")]).toEqual(["vlcanary-x-2", "vlcanary-x-2"]);
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("E2: another field of the same document counts as the same", async () => {
    const { vault, remote, text } = world({ links: { A: "c://x#a", B: "c://x#b" } });
    remote.holds.set("x", { a: "vlcanary-a-1", b: "vlcanary-b-1" });
    await vault.getMany(["A", "B"]);
    remote.holds.set("x", { a: "vlcanary-a-2", b: "vlcanary-b-2" });
    await vault.relink("A", "c://x#b");
    expect([await text("A"), await text("B")]).toEqual(["vlcanary-b-2", "vlcanary-b-2"]);
    expect(remote.asked).toEqual(["x", "x"]);
  });

  it("E2: unverified, the value is dropped and the next read is fresh", async () => {
    const { vault, remote, text } = world();
    await vault.get("X");
    remote.holds.set("x", "vlcanary-x-2");
    await vault.relink("X", "c://x", { verify: false });
    expect(remote.reads).toHaveLength(1);
    expect(await text("X")).toBe("vlcanary-x-2");
    expect(remote.reading.context.fresh).toBe(true);
  });
});

describe("relinking while the name is being read", () => {
  it("E3: the late value goes to those who asked for it, never under the new link", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    await vault.relink("X", "c://y", { verify: false });
    const after = text("X");
    await settle();
    remote.reads[1]?.respond("vlcanary-y-1");
    remote.reads[0]?.respond("vlcanary-x-1");
    expect(await before).toBe("vlcanary-x-1");
    expect(await after).toBe("vlcanary-y-1");
    expect(await text("X")).toBe("vlcanary-y-1");
    expect(vault.status().cache.entries, "the late value is not kept").toBe(1);
  });

  it("to the same reference: who asks afterwards does not join the read from before", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const before = text("X");
    await settle();
    await vault.relink("X", "c://x", { verify: false });
    const after = text("X");
    await settle();
    expect(remote.reads).toHaveLength(2);
    remote.reads[1]?.respond("vlcanary-x-2");
    remote.reads[0]?.respond("vlcanary-x-1");
    expect([await before, await after, await text("X")]).toEqual(["vlcanary-x-1", "vlcanary-x-2", "vlcanary-x-2"]);
  });
});

describe("what cannot be relinked", () => {
  it("a name that does not exist is refused with the nearest one", async () => {
    const { vault } = world({ links: { DB_PASSWORD: "c://x" } });
    const error = await failing(vault.relink("DB_PASWORD", "c://y"));
    expect(error).toMatchObject({ code: "unresolved", details: { reason: "unlinked" } });
    expect(error.message).toContain("DB_PASSWORD");
  });

  it("an unknown connection rejects and changes nothing (S11)", async () => {
    const { vault, text } = world();
    const error = await failing(vault.relink("X", "nope://x"));
    expect(error).toMatchObject({ code: "unresolved", details: { reason: "unknown-connection" } });
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it("a connection its user disconnected is told so, and the link stays", async () => {
    const { vault } = world();
    await vault.disconnect("c");
    const error = await failing(vault.relink("X", "c://y"));
    expect(error).toMatchObject({ code: "unresolved", details: { reason: "disconnected" } });
    expect(vault.status().links[0]?.reference).toBe("c://x");
  });

  it("a name unlinked while its relink is verified stays unlinked", async () => {
    const { vault, remote } = world({ byHand: true });
    const relinking = failing(vault.relink("X", "c://y"));
    await settle();
    vault.unlink("X");
    remote.reading.respond("vlcanary-y-1");
    expect((await relinking).code).toBe("unresolved");
    expect(throwing(() => vault.unlink("X")).code).toBe("unresolved");
  });
});
