import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type CallOptions, openShell, type Ran, type Shell } from "../shell.ts";
import { type Made, writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PACKAGE = "vaultlink-provider-acme";
const CRASH = "console.error('trace of acme'); process.exit(7);";
const HINT = "Set VAULTLINK_AGENT=off and VAULTLINK_PROVIDER_OUTPUT=show to see what it prints";

/** Somebody with a connection to a provider, and with what they set. */
async function user(made: Made, variables: Readonly<Record<string, string>> = {}): Promise<Shell> {
  const shell = await openShell({ ACME_TOKEN: "vlcanary-right", VAULTLINK_AGENT: "off", ...variables });
  await writeProvider(join(dirname(shell.userFile), "node_modules", PACKAGE), PACKAGE, made);
  await shell.writeUser({ version: 1, connections: { acme: { provider: PACKAGE, url: "acme:" } } });
  await shell("trust", "--yes");
  return shell;
}

/** What its author sees of a read. */
const read = (shell: Shell, options: CallOptions = {}): Promise<Ran> =>
  shell.call(["get", "acme://db"], { reveals: true, ...options });

describe("what somebody else's provider prints", () => {
  it("is dropped, and the error of a crash says how to see it", async () => {
    const { code, stderr } = await read(await user({ onRead: CRASH }));
    expect(code).toBe(69);
    expect(stderr).toContain("The provider's program has ended.");
    expect(stderr).toContain(HINT);
    expect(stderr).not.toContain("trace of acme");
  });

  it("is shown on standard error to whoever asks for it, and the hint is gone", async () => {
    const { code, stderr } = await read(await user({ onRead: CRASH }, { VAULTLINK_PROVIDER_OUTPUT: "show" }));
    expect(code).toBe(69);
    expect(stderr).toContain("trace of acme");
    expect(stderr).not.toContain(HINT);
  });

  it("does not get among the values on standard output", async () => {
    const made = { onRead: "console.log('note of acme');" };
    const { stdout, stderr } = await read(await user(made, { VAULTLINK_PROVIDER_OUTPUT: "show" }));
    expect(stdout).toBe("vlcanary-db\n");
    expect(stderr).toContain("note of acme");
  });

  it.each([
    ["throws when it is imported", { first: "throw new RangeError('trace of acme');" }],
    ["throws what is no error of ours", { onRead: "throw new RangeError('trace of acme');" }],
  ])("has the trace of one that %s", async (_, made) => {
    const hidden = await read(await user(made));
    expect(hidden.code).not.toBe(0);
    expect(hidden.stderr).not.toContain("trace of acme");
    const shown = await read(await user(made, { VAULTLINK_PROVIDER_OUTPUT: "show" }), { traces: true });
    expect(shown.stderr).toMatch(/RangeError: trace of acme\n\s+at .*index\.js/);
  });

  it("is shown or not: nothing else can be asked for", async () => {
    const { code, stderr } = await read(await user({}, { VAULTLINK_PROVIDER_OUTPUT: "yes" }));
    expect(code).toBe(78);
    expect(stderr).toContain("VAULTLINK_PROVIDER_OUTPUT must be show, or not set.");
  });
});
