import { describe, expect, it } from "vitest";
import { failing, failure, settle, throwing, world } from "../fixture.ts";

const names = ({ vault }: ReturnType<typeof world>): string[] => vault.status().links.map(({ name }) => name);

describe("linking a name", () => {
  it("binds it at once, and asks nothing", async () => {
    const { vault, remote, text } = world();
    vault.link("Z", "c://y");
    expect(remote.opens).toHaveLength(0);
    expect(await text("Z")).toBe("vlcanary-y-1");
  });

  it("E34: that exists is refused and points at relink", async () => {
    const { vault, text } = world();
    expect(throwing(() => vault.link("X", "c://y"))).toMatchObject({
      code: "invalid_config",
      details: { name: "X", hint: "vaultlink relink X" },
    });
    expect(await text("X")).toBe("vlcanary-x-1");
  });

  it.each([
    ["an unknown connection", "nope://x", "unresolved"],
    ["a malformed reference", "c://a//b", "invalid_reference"],
    ["what is no reference", "prod/db", "invalid_reference"],
    ["nothing", "", "invalid_reference"],
  ])("to %s is refused and binds nothing", (_what, reference, code) => {
    const here = world();
    expect(throwing(() => here.vault.link("Z", reference)).code).toBe(code);
    expect(throwing(() => here.vault.link("Z", { reference })).code).toBe(code);
    expect(names(here)).toEqual(["X", "Y"]);
  });

  it.each([
    ["nothing", ""],
    ["blanks around it", " Z"],
    ["a line break", "Z\n"],
    ["a reference", "c://z"],
    ["256 letters", "Z".repeat(256)],
  ])("a name that is %s is refused", (_what, name) => {
    const here = world();
    expect(throwing(() => here.vault.link(name, "c://x")).code).toBe("invalid_config");
    expect(names(here)).toEqual(["X", "Y"]);
  });

  it.each([
    ["letters", "DB_PASSWORD"],
    ["punctuation", "a.b-c"],
    ["letters of any alphabet", "Z\u00FCrich"],
    ["a blank within", "with blank"],
    ["what objects inherit", "__proto__"],
    ["255 of them", "Z".repeat(255)],
  ])("a name may hold %s", async (_what, name) => {
    const { vault, text } = world();
    vault.link(name, "c://x");
    expect(await text(name)).toBe("vlcanary-x-1");
    vault.unlink(name);
    expect((await failing(vault.get(name))).code).toBe("unresolved");
  });

  it("may say no reference yet: it is unresolved, with the command that gives it one", async () => {
    const { vault } = world();
    vault.link("Z", null);
    expect(await failing(vault.get("Z"))).toMatchObject({
      code: "unresolved",
      details: { reason: "unlinked", name: "Z", hint: "vaultlink relink Z" },
    });
    await vault.relink("Z", "c://x");
    expect((await vault.get("Z")).provenance.source).toBe("cache");
  });

  it("does not drop what is kept for another name of the document", async () => {
    const { vault } = world();
    await vault.get("X");
    vault.link("Z", "c://x");
    expect((await vault.get("Z")).provenance.source).toBe("cache");
  });
});

describe("a link that is disabled", () => {
  it("E35: gives nothing, not even what is kept for another name", async () => {
    const { vault, text } = world({ links: { X: "c://x", OFF: { reference: "c://x", enabled: false } } });
    expect(await text("X")).toBe("vlcanary-x-1");
    expect(await failing(vault.get("OFF"))).toMatchObject({ code: "unresolved", details: { reason: "disabled" } });
    expect(vault.status().cache.entries).toBe(1);
  });

  it("stays disabled when it is relinked", async () => {
    const { vault, code } = world({ links: { OFF: { reference: "c://x", enabled: false } } });
    await vault.relink("OFF", "c://y");
    expect(await code("OFF")).toBe("unresolved");
    expect(vault.status().links).toMatchObject([{ reference: "c://y", reason: "disabled" }]);
  });
});

describe("renaming a name", () => {
  it("E34: is unlinking and linking: the former one is unresolved, with the nearest name", async () => {
    const { vault, text } = world({ links: { DB_PASSWORD: "c://x" } });
    vault.unlink("DB_PASSWORD");
    vault.link("DB_PASSWORD_2", "c://x");
    expect(await text("DB_PASSWORD_2")).toBe("vlcanary-x-1");
    const error = await failing(vault.get("DB_PASSWORD"));
    expect([error.code, error.details.reason]).toEqual(["unresolved", "unlinked"]);
    expect(`${error.message} ${error.details.hint ?? ""}`).toContain("DB_PASSWORD_2");
  });
});

describe("unlinking a name", () => {
  it("forgets it, and its value where no other link uses that", async () => {
    const { vault } = world({ links: { A: "c://x#a", B: "c://x", Y: "c://y" } });
    await vault.getMany(["B", "Y"]);
    vault.unlink("A");
    expect(vault.status().cache.entries).toBe(2);
    vault.unlink("B");
    expect(vault.status().cache.entries).toBe(1);
    expect((await failing(vault.get("B"))).details.reason).toBe("unlinked");
  });

  it("that does not exist is refused with the nearest one", () => {
    expect(throwing(() => world().vault.unlink("Z")).code).toBe("unresolved");
    const { vault } = world({ links: { DB_USER: "c://x" } });
    expect(throwing(() => vault.unlink("DB_USR")).message).toContain("DB_USER");
  });

  it("while it is being read leaves the value to those who asked, and keeps it no longer", async () => {
    const { vault, remote, text } = world({ byHand: true });
    const waiting = text("X");
    await settle();
    vault.unlink("X");
    remote.reading.respond("vlcanary-x-1");
    expect(await waiting).toBe("vlcanary-x-1");
    expect(vault.status().cache.entries).toBe(0);
  });
});

describe("one bad line among the links", () => {
  it("takes no other with it", async () => {
    const { code, text } = world({ links: { BROKEN: "c://a//b", NOWHERE: "nope://x", NATIVE: "arn:x", X: "c://x" } });
    expect(await text("X")).toBe("vlcanary-x-1");
    expect([await code("BROKEN"), await code("NOWHERE"), await code("NATIVE")]).toEqual([
      "invalid_reference",
      "unresolved",
      "unresolved",
    ]);
  });
});

describe("an error about a link", () => {
  it("names it and its connection", async () => {
    const { vault, remote } = world();
    remote.holds.set("x", failure("denied"));
    const error = await failing(vault.get("X"));
    expect(error.message).toBe("X: The test's denied.");
    expect(error.details).toMatchObject({ name: "X", connection: "c" });
  });

  it.each([
    "vlcanary-pasted-as-a-name",
    "c://vlcanary-pasted",
    "vlcanary pasted",
    "vlcanary\npasted",
    "vlcanary://pasted",
  ])("does not repeat what could be a value that was pasted: case %#", async (name) => {
    const { vault } = world();
    const error = await failing(vault.get(name));
    const shown = `${error.stack}${JSON.stringify(error)}${JSON.stringify(error.details)}`;
    expect(shown.includes("pasted")).toBe(false);
  });
});
