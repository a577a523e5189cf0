import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openWorld, personWho, type TestWorld } from "../../../test/context.ts";
import { importFile } from "./import.ts";
import { linkFrom } from "./link-from.ts";

const HELD = {
  "app/db": { user: "vlcanary-user", pass: "vlcanary-pass" },
  "app/key": "vlcanary-key",
  web: "vlcanary-web",
};

async function importing(changes: Parameters<typeof openWorld>[1] = {}): Promise<TestWorld> {
  const context = await openWorld(HELD, changes);
  const connections = {
    mem: { provider: "memory", url: "memory:" },
    hcv: { provider: "hashicorp", address: "https://vault.example" },
  };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links: { KEPT: "mem://kept" } }));
  return context;
}

const file = async (context: TestWorld, name: string, text: string): Promise<string> => {
  await writeFile(join(context.cwd, name), text);
  return name;
};
const linked = async (context: TestWorld): Promise<unknown> =>
  (JSON.parse(await readFile(context.projectFile, "utf8")) as { links: unknown }).links;

describe("import", () => {
  it("links the variables of a dotenv file whose values are references, those of vals, too, and says what it leaves", async () => {
    const context = await importing();
    const text = [
      "DB=mem://app/db#pass",
      "API=ref+vault://secret/app/api#/key",
      "KEPT=mem://other",
      "PORT=5432",
      "GCP=ref+gcpsecrets://p/s",
      "PASTED=vlcanary-pasted",
    ].join("\n");
    const { body } = await importFile(context, await file(context, ".env", text), { yes: true });
    expect(await linked(context)).toEqual({
      ...{ KEPT: "mem://kept", DB: "mem://app/db#pass" },
      API: "hcv://secret/app/api#key",
    });
    // In the order of the names, in which Node gives variables.
    expect(body).toEqual([
      "  API  hcv://secret/app/api#key",
      "  DB  mem://app/db#pass",
      "  KEPT  is linked already, and stays as it is",
      "  GCP  is left out: its value is a reference to something that is no vault here",
      "  PASTED  is left out: its value is no reference",
      "  PORT  is left out: its value is no reference",
      "2 names were linked (vaultlink.json).",
    ]);
  });

  it("declares the names of a Postman collection", async () => {
    const context = await importing();
    const text = JSON.stringify({
      item: [
        { url: "{{base}}/{{vault:api_key}}" },
        "{{vault:api_key}}",
        "{{vault:login:token}}",
        "{{vault:{{env}}_key}}",
      ],
    });
    const { json } = await importFile(context, await file(context, "collection.json", text), { yes: true });
    expect(await linked(context)).toEqual({ KEPT: "mem://kept", api_key: null });
    expect(json["left"]).toEqual([
      { name: "login", why: "it belongs to a guided sign-in of Postman" },
      { name: "{{vault:{{…}}}}", why: "its name is made of another variable" },
    ]);
  });

  it("shows first, and changes nothing without a yes", async () => {
    const prompter = personWho(false);
    const context = await importing({ prompter });
    const name = await file(context, ".env", "DB=mem://app/db#pass");
    expect(await importFile(context, name)).toMatchObject({ json: { changed: false } });
    expect(await importFile(context, name, { dryRun: true })).toMatchObject({ json: { changed: false } });
    expect(prompter.asked).toEqual(["Link 1 names?"]);
    await expect(importFile({ ...context, prompter: undefined }, name)).rejects.toMatchObject({ code: "usage" });
    expect(await linked(context)).toEqual({ KEPT: "mem://kept" });
  });
});

describe("link --from", () => {
  it("links what is below a prefix, and names nothing else", async () => {
    const context = await importing();
    await linkFrom(context, "mem", { prefix: "app/", yes: true });
    expect(await linked(context)).toEqual({ KEPT: "mem://kept", DB: "mem://app/db", KEY: "mem://app/key" });
  });

  it("links each field of secrets that are read field by field", async () => {
    const context = await importing({ plugin: { pattern: "<path>#<field>" } });
    await linkFrom(context, "mem", { prefix: "app/db", yes: true, dryRun: false });
    expect(await linked(context)).toMatchObject({ USER: "mem://app/db#user", PASS: "mem://app/db#pass" });
  });
});
