import { describe, expect, it } from "vitest";
import { failure, Remote, world } from "../fixture.ts";

type World = ReturnType<typeof world>;
const link = ({ vault }: World, name = "X") => vault.status().links.find((one) => one.name === name);

describe("the status of a link", () => {
  it("tells how often the vault was asked for its document, refusals included, whatever was dropped since", async () => {
    const here = world();
    expect(link(here)).not.toHaveProperty("reads");
    await here.vault.get("X");
    await here.vault.get("X");
    expect([link(here)?.reads, link(here, "Y")?.reads]).toEqual([1, undefined]);
    here.vault.reset();
    expect(link(here)).toMatchObject({ state: "unknown", reads: 1 });
    here.remote.holds.set("x", failure("denied"));
    await here.code("X");
    expect(link(here)).toMatchObject({ state: "unresolved", reads: 2 });
  });

  it("counts the reads of every view of a vault", async () => {
    const remote = new Remote();
    remote.holds.set("x", "vlcanary-x-1");
    const connections = { c: remote.provider };
    const { vault } = world({ connections });
    await vault.get("X");
    const view = vault.view({ connections, links: { OTHER: "c://x" } });
    await view.get("OTHER", { refresh: true });
    expect(view.status().links).toMatchObject([{ name: "OTHER", reads: 2 }]);
  });
});
