import { expect, it } from "vitest";
import { openConnectedShell } from "./shell.ts";

/** Prints who it is, and waits until it is asked to end. */
const CHILD = `
process.on("SIGTERM", () => { console.log("ended " + process.env.OWNER); process.exit(0); });
process.on("SIGHUP", () => console.log("asked " + process.env.OWNER));
setInterval(() => {}, 1000);
console.log("started " + process.env.OWNER);
`;

/** Runs the child watched; does the steps as what it printed grows; resolves with all of it. */
async function watch(how: string, steps: readonly (readonly [RegExp, string])[]) {
  const { shell, vault } = await openConnectedShell({ OWNER: "hcv://secret/app/db#username" });
  const args = ["run", how, "--watch-every", "1", "--mask", "never", "--", process.execPath, "-e", CHILD];
  const left = [...steps];
  const ran = await shell.call(args, {
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
