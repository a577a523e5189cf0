import { describe, expect, it } from "vitest";
import type { Env } from "../../src/types.ts";
import { settle, world } from "../fixture.ts";

describe("the bound of connections (R3)", () => {
  it.each([5, 8, 40])("%d environments at once are all served", async (count) => {
    const { vault, remote } = world({ envVariables: ["WHO"] });
    const envs = Array.from({ length: count }, (_, who): Env => ({ WHO: `${who}` }));
    const got = await Promise.allSettled(envs.map((env) => vault.get("X", { env })));
    expect(got.filter(({ status }) => status === "fulfilled")).toHaveLength(count);
    await settle();
    expect(remote.log).toHaveLength(count - 4);
    await vault.close();
    expect(remote.log).toHaveLength(count);
  });
});
