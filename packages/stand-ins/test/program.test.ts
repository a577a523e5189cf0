import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { ask } from "./ask.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly control: string;
  readonly env: Readonly<Record<string, string>>;
}

function launch(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--conditions=source", MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  return child;
}

async function start(...args: string[]): Promise<Started> {
  const child = launch("vault", ...args);
  if (!child.stdout) throw new Error("The program has no output.");
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  return { child, ...(JSON.parse(line) as Omit<Started, "child">) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, "exit");
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  return code;
}

async function steer(control: string, path: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await fetch(`${control}${path}`, init)).json();
}

describe("as a program", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("says where it is, serves, and ends with %s", async (signal) => {
    const { child, url, env } = await start();
    expect(env["VAULT_ADDR"]).toBe(url);
    expect((await ask(url, "GET", "secret/data/app/db", { token: env["VAULT_TOKEN"] })).status).toBe(200);
    expect(await end(child, signal)).toBe(0);
  });

  it("ends although a request hangs", async () => {
    const { child, url, control } = await start();
    await steer(control, "/fault", { on: "*", kind: "hang" });
    const hanging = ask(url, "GET", "sys/health").catch(() => "cut");
    await expect.poll(async () => JSON.stringify(await steer(control, "/log"))).toContain("hang");
    expect(await end(child, "SIGTERM")).toBe(0);
    expect(await hanging).toBe("cut");
  });

  it("fails in the end if a writing call arrived", async () => {
    const { child, url, env } = await start();
    await ask(url, "POST", "secret/data/app/db", { token: env["VAULT_TOKEN"], body: { data: {} } });
    expect(await end(child, "SIGTERM")).toBe(1);
  });

  it("is steered by the second port", async () => {
    const { url, control, env } = await start();
    const read = () => ask(url, "GET", "kv1/app/plain", { token: env["VAULT_TOKEN"] });
    await steer(control, "/do/put", ["kv1/app/plain", { password: "vlcanary-steered" }]);
    expect((await read()).body?.data).toEqual({ password: "vlcanary-steered" });
    await steer(control, "/fault", { on: "kv1.read", kind: "status", status: 503, times: 1 });
    expect((await read()).status).toBe(503);
    await steer(control, "/do/revoke", ["app"]);
    expect((await read()).status).toBe(403);
    const { result } = (await steer(control, "/do/issueToken", [{ policies: ["app"], ttl: 10 }])) as { result: string };
    await steer(control, "/clock", { advance: 11_000 });
    expect((await ask(url, "GET", "kv1/app/plain", { token: result })).status).toBe(403);
    expect(await steer(control, "/log")).toMatchObject({ counts: { "kv1.read": 4 }, writes: [] });
    expect(await steer(control, "/do/unknown", [])).toEqual({ error: "There is no such control." });
    expect(await steer(control, "/fault", { on: "*", kind: "earthquake" })).toEqual({
      error: "There is no fault of that kind.",
    });
  });

  it.each(["--port", "--control-port"])("says so if %s is taken", async (option) => {
    const { url } = await start();
    const child = launch("vault", option, new URL(url).port);
    const said = child.stderr ? text(child.stderr) : "";
    const [code] = (await once(child, "exit")) as [number];
    expect([code, await said]).toEqual([1, expect.stringMatching(/^listen EADDRINUSE.*\n$/)]);
  });

  it("is not steered by a page in a browser", async () => {
    const { control } = await start();
    expect((await fetch(`${control}/log`, { headers: { origin: "https://example.com" } })).status).toBe(403);
  });

  it.each([[["nothing"]], [[]], [["vault", "--port", "http"]], [["vault", "--colour"]]])(
    "explains itself when started as %j",
    async (args) => {
      const [code] = (await once(launch(...args), "exit")) as [number];
      expect(code).toBe(64);
    },
  );
});
