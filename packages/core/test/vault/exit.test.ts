import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** What a program prints that does this with a vault on the machine's own clock, and whether it ended by itself. */
function program(body: string): { readonly printed: string; readonly status: number | null } {
  const source = `
    import { createVault } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    import { defineProvider } from ${JSON.stringify(new URL("../../src/provider.ts", import.meta.url).href)};
    const vaultOf = (read, over) => createVault({
      connections: { c: defineProvider({ name: "p", open: async () => ({ identity: "A", read, ...over }) }) },
      links: { X: "c://x" },
      env: {},
    });
    ${body}`;
  const options = { encoding: "utf8", timeout: 20_000 } as const;
  const { stdout, status } = spawnSync(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", source],
    options,
  );
  return { printed: stdout.trim(), status };
}

describe("a program", () => {
  it("that keeps values and does not close its vault ends by itself", () => {
    const body = `
      const vault = vaultOf(async () => ({ value: "v" }), { expiresAt: Date.now() + 3_600_000 });
      console.log((await vault.get("X")).provenance.source, (await vault.get("X")).provenance.source);`;
    expect(program(body)).toEqual({ printed: "vault cache", status: 0 });
  });

  it("that waits for a vault that never answers does not end before it was told so", () => {
    const body = `
      const vault = vaultOf(() => new Promise(() => undefined));
      await vault.get("X", { deadlineMs: 1 }).catch(({ code }) => console.log(code));`;
    expect(program(body)).toEqual({ printed: "timeout", status: 0 });
  });

  it("that asks for a failing read is not ended by a rejection nobody waits for", () => {
    const body = `
      const vault = vaultOf(async () => { throw new Error("x"); });
      const caller = new AbortController();
      const gone = vault.get("X", { signal: caller.signal }).catch(({ code }) => console.log(code));
      caller.abort();
      await gone;
      await vault.close();`;
    expect(program(body)).toEqual({ printed: "aborted", status: 0 });
  });
});
