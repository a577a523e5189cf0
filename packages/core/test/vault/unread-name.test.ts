import { describe, expect, it } from "vitest";
import { world } from "../fixture.ts";
import { definition, plugin, remote } from "./native-plugin.ts";

const LINKS = { A: "native:eu:x", B: "native:eu:x" };

/** Of two names of one vault's own identifier, the first was read. */
async function readFirst() {
  const connection = definition(plugin(remote()));
  const { vault } = world({ connections: { c: connection }, links: LINKS });
  await vault.get("A");
  return { connection, vault };
}

describe("a name of a vault's own identifier that was not read itself, but another name of it", () => {
  it("is reset: the next read asks the vault", async () => {
    const { vault } = await readFirst();
    expect(vault.reset({ name: "B" })).toBe(1);
    expect((await vault.get("A")).provenance.source).toBe("vault");
  });

  it("is reset in a view of its own, once it is known there where it leads", async () => {
    const { connection, vault } = await readFirst();
    const view = vault.view({ connections: { c: connection }, links: LINKS });
    await view.connectionOf("B");
    expect([view.reset({ name: "A" }), vault.status().cache.entries]).toEqual([1, 0]);
  });

  it("keeps the document when the other one is unlinked", async () => {
    const { vault } = await readFirst();
    vault.unlink("A");
    expect(vault.status().links).toMatchObject([{ name: "B", state: "resolved" }]);
  });
});

it("a name whose package could not be loaded is not said to have failed once its connection was opened", async () => {
  const connection = definition(plugin(remote()));
  let isMissing = true;
  const load = () => (isMissing ? Promise.reject(new Error("no such package")) : connection.load());
  const { code, vault } = world({ connections: { c: { ...connection, load } }, links: LINKS });
  expect(await code("A")).toBe("invalid_config");
  isMissing = false;
  await vault.reauthenticate("c");
  expect(vault.status().links[0]).toMatchObject({ name: "A", state: "unknown" });
});
