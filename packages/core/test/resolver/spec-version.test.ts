import { afterEach, describe, expect, it } from "vitest";
import { CONTRACT, type ContractVersions } from "../../src/contract/versions.ts";
import { createVault, type Plugin, type Provider, SecretError } from "../../src/index.ts";

/** The members that version 1 requires, and nothing else: what was written on the first day must run on the last. */
const oldest = {
  specVersion: 1,
  name: "old",
  open: async () => ({
    read: async ({ path }: { readonly path: string }) => ({ value: `vlcanary-${path}` }),
  }),
} as const satisfies Provider;

/** A provider that was written for a later core: it has what this one does not know. */
function newer(document: object, thrown?: Error): Provider {
  const session = {
    identity: "app",
    read: async () => {
      if (thrown !== undefined) throw thrown;
      return { value: "vlcanary-x", ...document };
    },
    watch: () => expect.unreachable("This core knows no such call."),
    quota: { left: 7 },
  };
  return { specVersion: 1, name: "new", describe: () => "", open: async () => session } as Provider;
}

const links = { A: "c://a", B: "c://b" };

describe("a provider of version 1, in this core", () => {
  const vault = createVault({ connections: { c: oldest }, links, env: {} });

  it("is read, one by one where it has no batch", async () => {
    const found = await vault.getMany(["A", "B"]);
    expect(found.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  });

  it("is disconnected although it cannot revoke or close", async () => {
    await vault.get("A");
    await expect(vault.disconnect("c")).resolves.toMatchObject({ names: ["A", "B"] });
  });
});

describe("a newer provider of version 1, in this core", () => {
  const read = (provider: Provider): Promise<unknown> =>
    createVault({ connections: { c: provider }, links, env: {} })
      .get("A")
      .then((value) => value.reveal());

  it("gives what this core knows; the rest is left alone", async () => {
    expect(await read(newer({ tags: ["later"], version: "3" }))).toBe("vlcanary-x");
  });

  it("throws a code that this core does not know: `internal`, and not a word of what it meant", async () => {
    const later = Object.assign(new SecretError("denied", "Later."), { code: "quarantined" });
    await expect(read(newer({}, later))).rejects.toMatchObject({ code: "internal" });
  });
});

describe("a provider of version 2, in this core", () => {
  it("is refused where it is configured, by both versions, and nothing of it is called", () => {
    const open = (): never => expect.unreachable("It was opened.");
    const provider = { specVersion: 2, name: "later", open } as unknown as Provider;
    expect(() => createVault({ connections: { c: provider }, links, env: {} })).toThrow(
      expect.objectContaining({
        code: "invalid_config",
        message: "Provider later was written for version 2 of the contract; this core speaks version 1.",
        details: { hint: "npm install @vaultlink/core@latest" },
      }),
    );
  });
});

const textOf = ({ value }: { readonly value: unknown }): string => (typeof value === "string" ? value : "");

describe("a core of another version", () => {
  const today = { ...CONTRACT };
  const becomes = (versions: ContractVersions): void => void Object.assign(CONTRACT, versions);
  afterEach(() => becomes(today));

  /** In the version after this one, a value says where it comes from. */
  const upgrade = (provider: Provider): Provider => ({
    ...provider,
    specVersion: 2 as never,
    open: async (context) => {
      const session = await provider.open(context);
      return {
        ...session,
        read: async (...given) => ({ value: `${textOf(await session.read(...given))}, of version 1` }),
      };
    },
  });
  const next = (specVersion: number): Provider => ({ ...oldest, specVersion: specVersion as 1, name: "next" });
  const read = async (source: Parameters<typeof createVault>[0]["connections"][string]): Promise<string> => {
    const value = await createVault({ connections: { c: source }, links, env: {} }).get("A");
    return value.reveal();
  };

  it("runs a provider of the version before, turned into one of its own", async () => {
    becomes({ current: 2, upgrades: { 1: upgrade } });
    expect(await read(oldest)).toBe("vlcanary-a, of version 1");
    expect(await read(next(2))).toBe("vlcanary-a");
  });

  it("does so with what a plugin of that version makes", async () => {
    becomes({ current: 2, upgrades: { 1: upgrade } });
    const options = { "~standard": { version: 1, vendor: "own", validate: (value: unknown) => ({ value }) } } as never;
    const plugin: Plugin = { specVersion: 1, name: "old", title: "Old", options, create: () => oldest };
    expect(await read({ provider: "old", load: async () => plugin, options: {} })).toBe("vlcanary-a, of version 1");
  });

  it("turns one of two versions before twice", async () => {
    const twice = (provider: Provider): Provider => ({ ...upgrade(provider), specVersion: 3 as never });
    becomes({ current: 3, upgrades: { 1: upgrade, 2: twice } });
    expect(await read(oldest)).toBe("vlcanary-a, of version 1, of version 1");
    expect(await read(next(2))).toBe("vlcanary-a, of version 1");
  });

  it("refuses one of a version that it no longer runs, by both versions, and says what helps", () => {
    becomes({ current: 4, upgrades: { 2: upgrade, 3: upgrade } });
    expect(() => createVault({ connections: { c: oldest }, links, env: {} })).toThrow(
      expect.objectContaining({
        code: "invalid_config",
        message:
          "Provider old was written for version 1 of the contract, which this core no longer runs: it speaks version 4.",
        details: { hint: "Install a newer version of the provider's package" },
      }),
    );
  });

  it("keeps one vault's connection of such a provider for its views", async () => {
    becomes({ current: 2, upgrades: { 1: upgrade } });
    let opened = 0;
    const counted: Provider = { ...oldest, open: () => (opened++, oldest.open()) };
    const vault = createVault({ connections: { c: counted }, links, env: {} });
    await vault.get("A");
    await vault.view({ connections: { c: counted }, links }).get("B");
    expect(opened).toBe(1);
  });
});
