import { writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Held, openWorld, type TestWorld } from "../../../test/context.ts";
import { environment } from "../../env/environment.ts";
import { FAMILIES } from "../../env/dangerous-names.ts";
import { checkName, isDangerous } from "../../env/names.ts";
import { run } from "./run.ts";

async function linked(links: object, held: Held): Promise<TestWorld> {
  const context = await openWorld(held);
  const connections = { mem: { provider: "memory", url: "memory:" } };
  await writeFile(context.userFile, JSON.stringify({ version: 1, connections }));
  await writeFile(context.projectFile, JSON.stringify({ version: 1, links }));
  return context;
}

describe("run", () => {
  it("E38: starts nothing with a value that no variable can carry", async () => {
    const context = await linked({ A: "mem://a", B: "mem://b" }, { a: "vlcanary-\0", b: "vlcanary-b" });
    await expect(run(context, ["true"])).rejects.toMatchObject({
      failures: [{ name: "A", error: { code: "unusable", details: { reason: "nul" } } }],
    });
    expect(context.started).toEqual([]);
  });

  it("E38: changes no value on its way: quotes, dollars, braces, line breaks", async () => {
    const value = "vlcanary-'\"$HOME`id`{{x}}\r\n%PATH%";
    const context = await linked({ A: "mem://a" }, { a: value });
    await run(context, ["true"]);
    expect(context.started[0]?.env["A"] === value).toBe(true);
  });

  it("asks no vault for names that may not be given", async () => {
    const context = await linked({ PATH: "mem://a", A: "mem://a" }, { a: "vlcanary-a" });
    await expect(run(context, ["true"])).rejects.toMatchObject({ failures: [{ name: "PATH" }] });
    expect(context.log).toEqual([]);
  });

  it("says 127 for a command that is not there, and 126 for one that cannot start", async () => {
    for (const [code, exit] of [
      ["ENOENT", 127],
      ["EACCES", 126],
    ] as const) {
      const context = await openWorld({}, { startChild: () => Promise.reject(Object.assign(new Error(), { code })) });
      await expect(run(context, ["x"])).rejects.toMatchObject({ exit });
    }
  });
});

describe("dangerous names", () => {
  const examples = FAMILIES.flatMap(({ names }) => names.map((pattern) => pattern.replace("*", "x")));
  it.each(examples)("%s is refused", (name) => {
    expect(() => checkName(name, { platform: "linux", allowed: [] })).toThrow(/changes what programs do/);
  });

  it.each(examples)("%s passes where the user allows it", (name) => {
    expect(() => checkName(name, { platform: "linux", allowed: [name] })).not.toThrow();
  });

  it("counts case where the system does", () => {
    expect([isDangerous("path", "linux"), isDangerous("path", "win32")]).toEqual([false, true]);
    expect(["HTTPS_PROXY", "https_proxy", "No_Proxy"].every((name) => isDangerous(name, "linux"))).toBe(true);
  });

  it.each(["DB_PASSWORD", "PATHS", "MY_PATH", "_", "ENVIRONMENT", "GIT_TOKEN"])(
    "%s is a name like any other",
    (name) => {
      expect(() => checkName(name, { platform: "linux", allowed: [] })).not.toThrow();
    },
  );

  it.each(["", "1A", "A-B", "A.B", "A B", "A=B", "Ä"])("%j is no variable", (name) => {
    expect(() => checkName(name, { platform: "linux", allowed: [name] })).toThrow(/No environment variable/);
  });
});

it("leaves one variable of a name on Windows, whatever its case", () => {
  const values = new Map([["TOKEN", "new"]]);
  expect(environment({ Token: "old", A: "a" }, values, "win32")).toEqual({ A: "a", TOKEN: "new" });
  expect(environment({ Token: "old" }, values, "linux")).toEqual({ Token: "old", TOKEN: "new" });
});
