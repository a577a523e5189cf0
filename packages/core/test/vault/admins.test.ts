import { describe, expect, it } from "vitest";
import { defineOptions } from "../../src/contract/options.ts";
import { definePlugin } from "../../src/contract/plugin.ts";
import type { Session } from "../../src/contract/provider.ts";
import { failing, Remote, throwing, world, type World } from "../fixture.ts";

/** A team's connection `c`, whose session has some roles. */
function team(admins: readonly string[], login: Partial<Session>): World & { readonly team: Remote } {
  const remote = new Remote();
  remote.holds.set("x", "vlcanary-x-1").set("y", "vlcanary-y-1");
  remote.login = login;
  const plugin = definePlugin({
    name: "remote",
    title: "Remote",
    options: defineOptions({}),
    create: () => remote.provider,
  });
  const load = async () => plugin;
  return { ...world({ connections: { c: { provider: "remote", load, options: {}, admins } } }), team: remote };
}

describe("disconnecting a team's connection (S22)", () => {
  it("is refused to whoever is no admin, and changes nothing", async () => {
    const { team: remote, text, vault } = team(["boss", "root"], { identity: "A", roles: ["app"] });
    expect(await text("X")).toBe("vlcanary-x-1");
    const before = vault.status();
    expect(await failing(vault.disconnect("c"))).toMatchObject({
      code: "forbidden",
      message: "Only a session with the role boss or root at the vault may disconnect it.",
      details: { reason: "admin-only", hint: "vaultlink logout c" },
    });
    expect(vault.status()).toEqual(before);
    expect((await vault.get("X")).provenance.source).toBe("cache");
    expect(remote.log).toEqual([]);
  });

  it.each(["boss", "root"])("is granted to whoever has one of the roles: %s", async (role) => {
    const { text, vault } = team(["boss", "root"], { identity: "A", roles: ["app", role] });
    await text("X");
    expect((await vault.disconnect("c")).names).toEqual(["X", "Y"]);
    expect(vault.status().links.map(({ reason }) => reason)).toEqual(["disconnected", "disconnected"]);
  });

  it("is refused to whoever has not signed in: nothing shows who that is", async () => {
    const { vault } = team(["boss"], { identity: "A", roles: ["boss"] });
    expect(await failing(vault.disconnect("c"))).toMatchObject({
      code: "forbidden",
      details: { hint: "vaultlink reauth c" },
    });
    expect(vault.status().links.map(({ state }) => state)).toEqual(["unknown", "unknown"]);
  });

  it("is refused to everybody where nobody is an admin, and where a vault tells no roles", async () => {
    for (const { text, vault } of [team([], { identity: "A", roles: [""] }), team(["boss"], { identity: "A" })]) {
      await text("X");
      expect((await failing(vault.disconnect("c"))).code).toBe("forbidden");
    }
  });

  it("leaves logging out to everybody", async () => {
    const { text, vault } = team(["boss"], { identity: "A", roles: [] });
    await text("X");
    expect((await vault.logout("c")).dropped).toBe(1);
  });

  it("needs a list of roles", () => {
    const load = async () => Promise.reject(new Error("It was loaded."));
    const connections = { c: { provider: "p", load, options: {}, admins: "boss" as never } };
    expect(throwing(() => world({ connections }))).toMatchObject({ code: "invalid_config" });
  });
});
