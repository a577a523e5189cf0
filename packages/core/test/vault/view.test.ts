import { describe, expect, it } from "vitest";
import type { ConnectionDefinition, Plugin } from "../../src/index.ts";
import { defineOptions, definePlugin, defineProvider } from "../../src/provider.ts";
import { createVault } from "../../src/vault.ts";
import { failing, ManualClock, outcomes, person, Remote, settle } from "../fixture.ts";

interface Options {
  readonly url?: string;
  readonly auth?: { readonly role?: string; readonly token?: string };
}

/** A plugin whose connections all lead to one remote vault; what it was made with is noted. */
function plugin(remote: Remote, made: Options[] = []): Plugin {
  return definePlugin<Options>({
    name: "remote",
    title: "Remote",
    options: defineOptions<Options>({
      url: { type: "string", description: "Where it is." },
      auth: {
        type: "object",
        description: "Who signs in.",
        fields: {
          role: { type: "string", description: "As whom." },
          token: { type: "string", description: "Token.", writeOnly: true },
        },
      },
    }),
    create(options) {
      return defineProvider({
        ...remote.provider,
        name: "remote",
        open: (context) => {
          made.push(options);
          return remote.provider.open(context);
        },
      });
    },
  });
}

const LINKS = { X: "c://x" };

function world() {
  const remote = new Remote();
  const made: Options[] = [];
  remote.holds.set("x", "vlcanary-x-1");
  remote.login = { identity: "somebody" };
  const clock = new ManualClock();
  const vault = createVault({ connections: {}, env: {}, clock });
  const definition = (options: Options = {}): ConnectionDefinition => ({
    provider: "remote",
    load: async () => plugin(remote, made),
    options: { ...options },
  });
  return { vault, remote, made, definition, clock };
}

describe("views of one vault", () => {
  it("share the session and the value of a connection that both define alike", async () => {
    const { vault, remote, definition } = world();
    const one = vault.view({ connections: { c: definition({ url: "a" }) }, links: LINKS });
    const other = vault.view({ connections: { c: definition({ url: "a" }) }, links: { Y: "c://x" } });
    expect((await one.get("X")).provenance.source).toBe("vault");
    expect((await other.get("Y")).provenance.source).toBe("cache");
    expect(remote.opens).toHaveLength(1);
    expect((await failing(other.get("X"))).details.reason).toBe("unlinked");
  });

  it("know of a session before they use it, and use it without loading its plugin again", async () => {
    const { vault, definition } = world();
    let loads = 0;
    const counted = (): ConnectionDefinition => {
      const { load, ...rest } = definition();
      return { ...rest, load: () => (loads++, load()) };
    };
    const before = vault.view({ connections: { c: counted() }, links: LINKS });
    const beside = vault.view({ connections: { c: counted() }, links: LINKS });
    await before.get("X");
    const after = vault.view({ connections: { c: counted() }, links: LINKS });
    await before.close();
    for (const view of [beside, after]) {
      expect(view.status()).toMatchObject({ connections: [{ state: "ready" }], links: [{ state: "resolved" }] });
      expect((await view.get("X")).provenance.source).toBe("cache");
    }
    expect(loads).toBe(1);
  });

  it("share nothing of a name that they define differently", async () => {
    const { vault, remote, definition } = world();
    const one = vault.view({ connections: { c: definition({ url: "a" }) }, links: LINKS });
    const other = vault.view({ connections: { c: definition({ url: "b" }) }, links: LINKS });
    await one.get("X");
    expect((await other.get("X")).provenance.source).toBe("vault");
    expect(remote.opens).toHaveLength(2);
  });

  it("end what no other has when they are closed, and only that", async () => {
    const { vault, remote, definition } = world();
    const before = vault.view({ connections: { c: definition(), d: definition() }, links: { X: "c://x", Z: "d://x" } });
    await before.getMany(["X", "Z"]);
    const after = vault.view({ connections: { c: definition() }, links: LINKS });
    await before.close();
    await settle();
    expect(remote.log).toEqual(["close somebody"]);
    expect((await after.get("X")).provenance.source).toBe("cache");
    expect(vault.status()).toMatchObject({ cache: { entries: 1 }, sessions: { open: 1 } });
  });

  it("are all reset by a reset of everything", async () => {
    const { vault, definition } = world();
    const one = vault.view({ connections: { c: definition() }, links: LINKS });
    const other = vault.view({ connections: { d: definition() }, links: { Z: "d://x" } });
    await one.get("X");
    await other.get("Z");
    expect(other.reset()).toBe(2);
    expect((await one.get("X")).provenance.source).toBe("vault");
  });
});

describe("a caller's environment", () => {
  it("decides which session a status shows", async () => {
    const { vault, remote, definition } = world();
    remote.envVariables = ["TOKEN"];
    const view = vault.view({ connections: { c: definition() }, links: LINKS });
    const one = { env: { TOKEN: "vlcanary-token-1" } };
    const other = { env: { TOKEN: "vlcanary-token-2" } };
    await view.get("X", one);
    expect(await view.envVariables("c")).toEqual(["TOKEN"]);
    expect(view.status(one)).toMatchObject({ connections: [{ state: "ready" }], links: [{ state: "resolved" }] });
    expect(view.status(other)).toMatchObject({
      connections: [{ state: "disconnected" }],
      links: [{ state: "unknown" }],
    });
  });
});

describe("a connection that was disconnected", () => {
  const one = { env: { TOKEN: "vlcanary-token-1" } };
  const other = { env: { TOKEN: "vlcanary-token-2" } };

  it("serves every environment again once one of them has signed in", async () => {
    const { vault, remote, definition } = world();
    remote.envVariables = ["TOKEN"];
    const view = vault.view({ connections: { c: definition() }, links: LINKS });
    await view.get("X", other);
    await view.disconnect("c");
    await view.reauthenticate("c", one);
    expect(outcomes(await view.getMany(["X"], other))).toEqual(["vlcanary-x-1"]);
  });

  it("serves a view that is made afterwards, and stays so in the one in which it was disconnected", async () => {
    const { vault, definition } = world();
    const before = vault.view({ connections: { c: definition() }, links: LINKS });
    await before.get("X");
    await before.disconnect("c");
    const after = vault.view({ connections: { c: definition() }, links: LINKS });
    expect(outcomes(await after.getMany(["X"]))).toEqual(["vlcanary-x-1"]);
    expect(outcomes(await before.getMany(["X"]))).toEqual(["unresolved"]);
  });

  it("stays so for a view that is made afterwards and says so", async () => {
    const { vault, remote, definition } = world();
    const before = vault.view({ connections: { c: definition() }, links: LINKS });
    await before.get("X");
    await before.disconnect("c");
    const after = vault.view({ connections: { c: { ...definition(), disconnected: true } }, links: LINKS });
    expect(outcomes(await after.getMany(["X"]))).toEqual(["unresolved"]);
    expect(remote.opens).toHaveLength(1);
  });
});

describe("credentials that a person gives for one sign-in", () => {
  it("open the connection, and count as given by a person", async () => {
    const { vault, made, definition } = world();
    const view = vault.view({ connections: { c: definition({ url: "a", auth: { role: "r" } }) }, links: LINKS });
    await view.reauthenticate("c", { credentials: { auth: { token: "vlcanary-token" } } });
    expect(made).toEqual([{ url: "a", auth: { role: "r", token: "vlcanary-token" } }]);
    expect(vault.status().sessions).toEqual({ open: 1, byPerson: 1 });
    expect((await view.get("X")).provenance.source).toBe("vault");
  });

  it("are not used again when the session has ended", async () => {
    const { vault, remote, made, definition, clock } = world();
    remote.login = { identity: "somebody", expiresAt: clock.epochMs() + 60_000 };
    const view = vault.view({ connections: { c: definition() }, links: LINKS });
    await view.reauthenticate("c", { credentials: { auth: { token: "vlcanary-token" } } });
    clock.jump(60_000);
    expect((await failing(view.get("X"))).code).toBe("unauthenticated");
    expect(made).toHaveLength(1);
  });

  it.each([
    ["an option that is no credential", { url: "https://elsewhere.example" }],
    ["an unknown option", { other: "x" }],
    ["a group's option that is no credential", { auth: { role: "admin" } }],
    ["a group that is none", { auth: "x" }],
  ])("are refused: %s", async (_what, credentials) => {
    const { vault, made, definition } = world();
    const view = vault.view({ connections: { c: definition() } });
    expect((await failing(view.reauthenticate("c", { credentials }))).code).toBe("invalid_config");
    expect(made).toEqual([]);
  });
});

describe("logging out", () => {
  it("ends the session and drops its values; the next read opens anew", async () => {
    const { vault, remote, definition } = world();
    const view = vault.view({ connections: { c: definition() }, links: LINKS });
    await view.get("X");
    expect(await view.logout("c")).toEqual({ names: ["X"], dropped: 1, remote: "nothing-to-revoke" });
    expect(vault.status().cache.entries).toBe(0);
    expect(outcomes(await view.getMany(["X"]))).toEqual(["vlcanary-x-1"]);
    expect(remote.opens).toHaveLength(2);
  });

  it("asks a person again where one had signed in", async () => {
    const { vault, remote, definition } = world();
    remote.asks = true;
    const view = vault.view({ connections: { c: definition() }, links: LINKS });
    const somebody = person();
    await view.reauthenticate("c", { prompter: somebody });
    await view.logout("c");
    await view.reauthenticate("c", { prompter: somebody });
    expect(somebody.questions).toBe(2);
  });
});

describe("a name that two views define differently", () => {
  it.each(["disconnect", "logout"] as const)("is ended by a %s in one of them for that one alone", async (end) => {
    const { vault, definition } = world();
    const one = vault.view({ connections: { c: definition({ url: "a" }) }, links: LINKS });
    const other = vault.view({ connections: { c: definition({ url: "b" }) }, links: LINKS });
    await one.get("X");
    await other.get("X");
    expect((await one[end]("c")).dropped).toBe(1);
    expect((await other.get("X")).provenance.source).toBe("cache");
  });
});
