import { describe, expect, it } from "vitest";
import { type AgentShell, connected } from "./agent-shell.ts";
import { COMMAND_IS_PACKED } from "./command.ts";

/** What Node takes a millisecond or more to load, and a command that does not need it must not wait for. */
const SLOW = [
  ...["child_process", "crypto", "fs/promises", "http", "https", "net", "perf_hooks", "readline", "stream", "tls"],
  ...["tty", "worker_threads", "zlib"],
];
const SOURCE = `process.on("exit", () => {
  const loaded = ${JSON.stringify(SLOW)}.filter((name) => process.moduleLoadList.includes("NativeModule " + name));
  process.getBuiltinModule("node:fs").writeSync(2, "loaded: " + loaded.join(" ") + "\\n");
});`;
const TELL = `data:text/javascript,${encodeURIComponent(SOURCE)}`;

/** The slow modules of Node's that a command has loaded when it ends. */
async function loadedBy({ call }: AgentShell, args: readonly string[], agent: "on" | "off"): Promise<string> {
  const env = { NODE_OPTIONS: `--import=${TELL}`, VAULTLINK_AGENT: agent };
  const { code, lines } = await call(args, { env, reveals: true });
  expect(code).toBe(0);
  return lines.findLast((line) => line.startsWith("loaded: ")) ?? "";
}

// Sources import Node's modules as modules, which loads them at once; the agent is not there on Windows.
describe.skipIf(!COMMAND_IS_PACKED || process.platform === "win32")("of Node's own modules", () => {
  it("a list loads none that is slow", async () => {
    expect(await loadedBy(await connected(), ["list"], "off")).toBe("loaded: ");
  });

  it("a value that the agent has takes a socket, and no more", async () => {
    const shell = await connected();
    await shell.get("DB");
    expect(await loadedBy(shell, ["get", "DB"], "on")).toBe("loaded: net stream");
  });

  it("a program takes what starts it besides", async () => {
    const shell = await connected();
    await shell.get("DB");
    await shell.get("API");
    expect(await loadedBy(shell, ["run", "--", "true"], "on")).toBe("loaded: child_process net stream");
  });

  it("a vault that is reached without TLS takes none of it", async () => {
    expect(await loadedBy(await connected(), ["get", "DB"], "off")).toBe("loaded: crypto http net stream");
  });
});
