import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary.ts";
import { change } from "./change.ts";
import { loadConfiguration, type Place } from "./load.ts";
import { userFile } from "./paths.ts";
import { approve, TRUST } from "./trust.ts";

let folder: string;
let place: Place;
beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, "project", "deep", "er"), { recursive: true });
  place = {
    env: { XDG_CONFIG_HOME: join(folder, "xdg") },
    home: folder,
    platform: process.platform,
    cwd: join(folder, "project", "deep", "er"),
    uid: process.getuid?.(),
  };
});

const project = (content: object): Promise<void> =>
  writeFile(join(folder, "project", "vaultlink.json"), JSON.stringify({ version: 1, ...content }));

async function user(content: object): Promise<void> {
  await mkdir(join(folder, "xdg", "vaultlink"), { recursive: true });
  await writeFile(userFile(place), JSON.stringify({ version: 1, ...content }));
}

const hcv = { provider: "hashicorp", address: "https://vault.example.com" };

describe("the configuration", () => {
  it("is empty without files", async () => {
    const { links, connections, project: found } = await loadConfiguration(place);
    expect([links.size, connections.size, found]).toEqual([0, 0, undefined]);
  });

  it("takes the nearest project file upwards", async () => {
    await project({ links: { FAR: null } });
    await writeFile(join(folder, "project", "deep", "vaultlink.json"), '{ "version": 1, "links": { "NEAR": null } }');
    expect([...(await loadConfiguration(place)).links.keys()]).toEqual(["NEAR"]);
  });

  it.runIf(process.getuid)("does not take what belongs to another user", async () => {
    await project({ links: { A: null } });
    const { links, foreign } = await loadConfiguration({ ...place, uid: 54_321 });
    expect([links.size, foreign]).toEqual([0, undefined]);
    const above = await loadConfiguration({ ...place, cwd: join(folder, "project"), uid: 54_321 });
    expect(above.foreign).toBe(join(folder, "project", "vaultlink.json"));
  });

  it("takes the file that VAULTLINK_PROJECT names, whoever owns it", async () => {
    await project({ links: { A: null } });
    const env = { ...place.env, VAULTLINK_PROJECT: join(folder, "project", "vaultlink.json") };
    expect((await loadConfiguration({ ...place, cwd: folder, uid: 54_321, env })).links.size).toBe(1);
    await expect(loadConfiguration({ ...place, env: { VAULTLINK_PROJECT: "vaultlink.json" } })).rejects.toMatchObject({
      code: "invalid_config",
    });
  });

  it("prefers the user's links, and says which it hides", async () => {
    await project({ links: { A: "hcv://project", B: "hcv://b" } });
    await user({ links: { A: "hcv://user" } });
    const { links } = await loadConfiguration(place);
    expect(links.get("A")).toEqual({ definition: "hcv://user", origin: "user", hidesProject: true });
    expect(links.get("B")).toEqual({ definition: "hcv://b", origin: "project", hidesProject: false });
  });

  it("ignores a project's connection of a name the user has", async () => {
    await project({ connections: { hcv: { provider: "hashicorp", address: "https://evil.example.com" } } });
    await user({ connections: { hcv } });
    const { connections, ignored, untrusted } = await loadConfiguration(place);
    expect(connections.get("hcv")).toEqual({ entry: hcv, origin: "user" });
    expect([ignored, untrusted.size]).toEqual([["hcv"], 0]);
  });
});

describe("trust in a project", () => {
  async function trust(): Promise<void> {
    const { candidate, trust: list } = await loadConfiguration(place);
    if (candidate === undefined) throw new Error("There is no project.");
    await change(list, TRUST, [approve(candidate, true)]);
  }

  it("is needed for its connections, not for its links", async () => {
    await project({ links: { A: "hcv://a" }, connections: { hcv } });
    const { links, connections, untrusted, trusted } = await loadConfiguration(place);
    expect([links.size, connections.size, [...untrusted.keys()], trusted]).toEqual([1, 0, ["hcv"], false]);
  });

  it("lasts while links change and keys move", async () => {
    await project({ connections: { hcv } });
    await trust();
    await project({ connections: { hcv: { address: hcv.address, provider: hcv.provider } }, links: { A: "hcv://a" } });
    expect((await loadConfiguration(place)).connections.get("hcv")?.origin).toBe("project");
  });

  it.each([
    ["an address", { hcv: { ...hcv, address: "https://evil.example.com" } }],
    ["an option", { hcv: { ...hcv, namespace: "x" } }],
    ["a connection", { hcv, other: hcv }],
  ])("ends when %s changes", async (_what, connections) => {
    await project({ connections: { hcv } });
    await trust();
    await project({ connections });
    const loaded = await loadConfiguration(place);
    expect([loaded.trusted, loaded.connections.size]).toEqual([false, 0]);
  });

  it("does not reach a copy of the file", async () => {
    await project({ connections: { hcv } });
    await trust();
    const copy = join(folder, "project", "deep", "vaultlink.json");
    await writeFile(copy, JSON.stringify({ version: 1, connections: { hcv } }));
    expect((await loadConfiguration(place)).trusted).toBe(false);
  });
});
