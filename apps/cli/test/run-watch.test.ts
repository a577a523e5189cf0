import { expect, it } from "vitest";
import { type AgentShell, openAgentShell } from "./agent-shell.ts";
import { type CallOptions, openConnectedShell } from "./shell.ts";

/** Prints who it is, and waits until it is asked to end. */
const CHILD = `
process.on("SIGTERM", () => { console.log("ended " + process.env.OWNER); process.exit(0); });
process.on("SIGHUP", () => console.log("asked " + process.env.OWNER));
setInterval(() => {}, 1000);
console.log("started " + process.env.OWNER);
`;

/** How the command is called, and the vault it reads. */
interface By extends Pick<AgentShell, "call" | "vault"> {
  readonly env?: CallOptions["env"];
}

const LINKS = { OWNER: "hcv://secret/app/db#username" };

async function own(): Promise<By> {
  const { shell, vault } = await openConnectedShell(LINKS);
  return { call: (args, options) => shell.call(args, options), vault };
}

/** Runs the child watched; does the steps as what it printed grows; resolves with all of it. */
async function watch(how: string, steps: readonly (readonly [RegExp, string])[], by?: By) {
  const { call, vault, env = {} } = by ?? (await own());
  const args = ["run", how, "--watch-every", "1", "--mask", "never", "--", process.execPath, "-e", CHILD];
  const left = [...steps];
  const ran = await call(args, {
    env,
    running(child) {
      let seen = "";
      child.stdout?.on("data", (part: string) => {
        seen += part;
        const [pattern, owner] = left[0] ?? [];
        if (pattern === undefined || !pattern.test(seen)) return;
        left.shift();
        if (owner === "") child.kill("SIGTERM");
        else vault.put("secret/app/db", { username: owner ?? "" });
      });
    },
  });
  return { code: ran.code, printed: ran.stdout.trim().split("\n"), said: ran.lines };
}

it.skipIf(process.platform === "win32")(
  "run --watch restarts the command with the new value (skipped on Windows: no signals)",
  async () => {
    const steps = [
      [/started app\n/, "second"],
      [/started second\n/, ""],
    ] as const;
    expect(await watch("--watch", steps)).toEqual({
      code: 0,
      printed: ["started app", "ended app", "started second", "ended second"],
      said: ["vaultlink: A secret has a new version: the command is restarted."],
    });
  },
);

it.skipIf(process.platform === "win32")(
  "run --watch goes through the agent, where a person has signed in (skipped on Windows: no signals)",
  async () => {
    const connected = await openConnectedShell(LINKS);
    const { vault } = connected;
    const { call } = await openAgentShell(connected);
    const token = vault.credentials["app"]?.token ?? "";
    const without = { VAULT_TOKEN: undefined };
    // Only the agent has the token from here on.
    expect((await call(["reauth", "hcv", "--token-stdin"], { env: without, input: `${token}\n` })).code).toBe(0);
    const steps = [
      [/started app\n/, "second"],
      [/started second\n/, ""],
    ] as const;
    const before = vault.log.count("kv2.read");
    expect(await watch("--watch", steps, { call, vault, env: without })).toEqual({
      code: 0,
      printed: ["started app", "ended app", "started second", "ended second"],
      said: ["vaultlink: A secret has a new version: the command is restarted."],
    });
    // One read for each version there was; the looks in between asked for the version alone.
    expect(vault.log.count("kv2.read") - before).toBe(2);
    expect(vault.log.count("kv2.metadata")).toBeGreaterThan(0);
  },
);

it.skipIf(process.platform === "win32")(
  "run --watch=SIGHUP tells the command (skipped on Windows: no signals)",
  async () => {
    const steps = [
      [/started app\n/, "second"],
      [/asked app\n/, ""],
    ] as const;
    expect(await watch("--watch=SIGHUP", steps)).toEqual({
      code: 0,
      printed: ["started app", "asked app", "ended app"],
      said: ["vaultlink: A secret has a new version: the command gets SIGHUP."],
    });
  },
);
