import { CANARY } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { azure, plugin } from "../src/index.ts";
import { clientIdOf } from "./credentials/fixture.ts";
import { secretOf } from "./seeded.ts";
import { context, locator, refused, useAzure, withSession } from "./support.ts";

const server = useAzure();
const PINNED = "00000000000000000000000000000001";

/** A secret with versions of these times, in ms since the epoch; gives the id of each. */
const put = (name: string, times: readonly number[]): readonly string[] =>
  times.map((createdAt) => server.azure.put(`app/${name}`, `${CANARY}${createdAt}`, { createdAt }));

const versionOf = (name: string, query: Readonly<Record<string, string>> = {}): Promise<string | undefined> =>
  withSession({}, { env: server.azure.env }, async (session) => session.version?.(locator(name, query), context()));

describe("the current version", () => {
  it("is the newest, in whatever order they are listed, on however many pages, and no value is asked for", async () => {
    const ids = put("turning", [3000, 1000, 9000, 2000, 5000]);
    server.azure.set({ pageSize: 2 });
    try {
      expect(await versionOf("Turning")).toBe(ids[2]);
    } finally {
      server.azure.set({ pageSize: 25 });
    }
    expect(server.azure.log.counts).toMatchObject({ "secrets.versions": 3 });
    expect(server.azure.log.count("secrets.get")).toBe(0);
  });

  it("is the one that a read gives, also where several are of one second", async () => {
    const ids = put("twice", [1000, 7000, 7000]);
    expect(await versionOf("twice")).toBe(ids[2]);
  });

  it("of a pinned one is that one, and nobody is asked", async () => {
    expect(await versionOf("db", { version: PINNED })).toBe(PINNED);
    expect(server.azure.log.count("secrets.versions")).toBe(0);
  });

  it("of what is not there, or was deleted, is not found", async () => {
    for (const name of ["nothing", "deleted"]) expect((await refused(versionOf(name))).code).toBe("not_found");
  });

  it("takes the permission to list, which reading does without", async () => {
    const auth = { clientId: clientIdOf("single"), clientSecret: secretOf("single") };
    await withSession({ auth }, { env: server.azure.env }, async (session) => {
      const call = Promise.resolve(session.version?.(locator("api-key"), context()));
      expect((await refused(call)).code).toBe("denied");
      expect((await session.read(locator("api-key"), context())).version).toBe(PINNED);
    });
  });
});

it("says when Entra wants its token renewed, where no person is needed for that", async () => {
  const until = async (refreshSeconds: number | undefined): Promise<readonly (number | undefined)[]> => {
    server.azure.set({ refreshSeconds });
    try {
      const before = Date.now();
      const session = await azure().open(context({ env: server.azure.env }));
      await session.close?.();
      return [before, session.renewAt, Date.now()];
    } finally {
      server.azure.set({ refreshSeconds: undefined });
    }
  };
  const [before = 0, renewAt = 0, after = 0] = await until(1800);
  // Entra's second, begun.
  expect(renewAt).toBeGreaterThanOrEqual(before - 1000 + 1_800_000);
  expect(renewAt).toBeLessThanOrEqual(after + 1000 + 1_800_000);
  expect((await until(undefined))[1]).toBeUndefined();
});

it("recognises identifiers by the provider as by the plugin", () => {
  const identifier = "https://my-vault.vault.azure.net/secrets/db";
  expect(azure().parseIdentifier?.(identifier)).toEqual(plugin.parseIdentifier?.(identifier));
  expect(azure().parseIdentifier?.(identifier)?.locator.path).toBe("my-vault.vault.azure.net/db");
});

it("lists what begins so in any case", async () => {
  await withSession({}, { env: server.azure.env }, async (session) => {
    const paths: string[] = [];
    for await (const entry of session.list?.({ prefix: "API" }, context()) ?? []) paths.push(entry.locator.path);
    expect(paths).toEqual(["api-key"]);
  });
});
