import { afterAll, describe, expect, it } from "vitest";
import { startAgent } from "./agent-shell.ts";
import type { Backend } from "./matrix/backend.ts";
import { SERVERS } from "./matrix/columns.ts";
import { openShell } from "./shell.ts";

/** Every server of the matrix. With VAULTLINK_REQUIRE_BACKENDS this throws where a real one is missing. */
const backends: Backend[] = [];
for (const { find, start } of SERVERS) if (!("missing" in (find?.() ?? {}))) backends.push(await start());
afterAll(async () => void (await Promise.all(backends.map((backend) => backend.stop()))));

describe.skipIf(process.platform === "win32").each(backends)("one life in commands: $vault, $server", (backend) => {
  it("one sign-in and one read for all commands, until a reset, a TTL of 0, a kill, a logout and a disconnect", async () => {
    const { connection, first, flags, provider } = backend;
    await backend.restore();
    const shell = await openShell({ ...shown(backend.place), ...shown(backend.envCredentials()) });
    const { call } = await startAgent(shell);
    const works = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr, stdout } = await call(args, { reveals: args[0] === "get" });
      expect([args, code, stderr]).toEqual([args, 0, ""]);
      return stdout.trimEnd();
    };
    /** What `get` prints, and how many documents were read for it. */
    const get = async (): Promise<readonly [string, number]> => {
      const before = backend.reads();
      return [await works("get", "DB"), backend.reads() - before];
    };

    await works("connect", provider, connection, ...flags);
    await works("link", "DB", first);
    const value = backend.values().first;
    expect(await get()).toEqual([value, 1]);
    // Another command asks the vault for nothing at all: neither to sign in nor to read.
    const asked = backend.requests().length;
    expect(await get()).toEqual([value, 0]);
    expect(backend.requests()).toHaveLength(asked);

    await works("cache", "reset");
    expect(await get()).toEqual([value, 1]);
    await works("cache", "ttl", "0");
    expect([await get(), await get()]).toEqual([
      [value, 1],
      [value, 1],
    ]);
    await works("cache", "ttl", "60");

    const status = JSON.parse(await works("agent", "status", "--json")) as { readonly agent: { readonly pid: number } };
    process.kill(status.agent.pid, "SIGKILL");
    expect(await get()).toEqual([value, 1]);
    expect(await get()).toEqual([value, 0]);

    expect(await works("logout", connection)).toContain("values dropped: 1");
    expect(await get()).toEqual([value, 1]);
    await works("disconnect", connection, "--yes");
    const left = backend.requests().length;
    expect(await call(["get", "DB"])).toMatchObject({ code: 67 });
    expect(backend.requests()).toHaveLength(left);
    expect(backend.writes()).toBe(0);
  });
});

const shown = (variables: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined));
