import { describe, expect, it } from "vitest";
import { createVault, type Provider, SecretError } from "../../src/index.ts";

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

describe("a provider of version 2", () => {
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
