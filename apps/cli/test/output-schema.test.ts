import { describe, expect, it } from "vitest";
import { connected } from "./agent-shell.ts";
import { outputFault } from "./output-schema.ts";
import { openConnectedShell, openShell, type Ran } from "./shell.ts";

/** The members of the one object on standard output. Every call of a shell holds that against its schema. */
function members({ stdout }: Ran): readonly string[] {
  return Object.keys(JSON.parse(stdout) as object);
}

it("finds what a schema does not have, and what it misses", () => {
  expect(outputFault(["cache", "ttl", "--json"], '{"ttl":1}')).toBeUndefined();
  expect(outputFault(["cache", "ttl", "--json"], '{"ttl":1,"more":1}')).toMatch(/^output\/cache-ttl\.json: /);
  expect(outputFault(["cache", "ttl", "--json"], "{}")).toMatch(/required/);
  expect(outputFault(["get", "A", "--json"], '{"error":{"exit":64}}')).toMatch(/code/);
});

describe("--json is what its schema says", () => {
  const LINKS = { OWNER: "hcv://secret/app/db#username", OFF: null };

  it("explain, doctor, export, inject, list --names", async () => {
    const { shell } = await openConnectedShell(LINKS);
    for (const args of [
      ["explain", "OWNER"],
      ["explain", "OWNER", "--check"],
      ["explain", "OFF"],
      ["explain", "hcv://secret/app/db"],
    ])
      expect(members(await shell(...args, "--json"))).toContain("rules");
    expect(members(await shell("doctor", "--json"))).toEqual(["ok", "findings"]);
    expect(members(await shell("export", "OWNER", "--json"))).toEqual(["format", "names", "text"]);
    expect(members(await shell("list", "--names", "--json"))).toEqual(["names"]);
    const input = { input: "user={{vault:OWNER}}" };
    expect(members(await shell.call(["inject", "--json"], input))).toEqual(["text", "resolved", "unresolved"]);
    expect(members(await shell.call(["inject", "-o", "out", "--json"], input))).toContain("bytes");
  });

  it("connect, trust, completion, and a failure", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    expect(members(await shell("connect", "hashicorp", "two", "--address", vault.url, "--json"))).toContain("identity");
    expect(members(await shell("trust", "--json"))).toEqual(["file", "connections", "code", "trusted"]);
    expect(members(await shell("completion", "bash", "--json"))).toEqual(["shell", "script"]);
    expect(members(await shell("get", "OFF", "--json"))).toEqual(["error", "failures"]);
  });

  it("agent, logout and cache with an agent", async () => {
    const { call, get } = await connected();
    await get("DB");
    expect(members(await call(["agent", "start", "--json"]))).toEqual(["started", "agent"]);
    expect(members(await call(["agent", "status", "--json"]))).toEqual(["agent"]);
    expect(members(await call(["cache", "status", "--json"]))).toContain("connections");
    expect(members(await call(["status", "--json"]))).toContain("links");
    expect(members(await call(["cache", "reset", "--json"]))).toEqual(["dropped"]);
    expect(members(await call(["logout", "hcv", "--json"]))).toEqual(["connections"]);
    expect(members(await call(["agent", "stop", "--json"]))).toEqual(["stopped"]);
  });

  it("without an agent, and without anything", async () => {
    const shell = await openShell();
    expect(members(await shell("logout", "--json"))).toEqual(["connections", "agent"]);
    expect(members(await shell("list", "--json"))).toEqual(["links"]);
  });
});
