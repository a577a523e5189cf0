import { appendFile, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openShell, type Ran, type Shell } from "../shell.ts";
import { type Made, writeProvider } from "./provider.ts";

// Many processes, one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const PACKAGE = "vaultlink-provider-acme";
const SIGNED_IN = { ACME_TOKEN: "vlcanary-right" };

const userFolder = (shell: Shell): string => dirname(shell.userFile);
const install = (folder: string, made: Made = {}, name = PACKAGE): Promise<string> =>
  writeProvider(join(folder, "node_modules", name), name, made);
const get = (shell: Shell, reference: string): Promise<Ran> => shell.call(["get", reference], { reveals: true });

/** A shell whose user has connected to a provider of somebody else's. */
async function connected(made: Made = {}): Promise<Shell> {
  const shell = await openShell(SIGNED_IN);
  await install(userFolder(shell), made);
  expect(await shell("connect", PACKAGE, "acme", "--url", "acme:", "--trust")).toMatchObject({ code: 0 });
  return shell;
}

describe("a provider of somebody else's, in one's own configuration", () => {
  it("is shown before it is trusted, and then serves like ours", async () => {
    const shell = await openShell(SIGNED_IN);
    const folder = await install(userFolder(shell));
    const refused = await shell("connect", PACKAGE, "--url", "acme:");
    expect(refused).toMatchObject({ code: 64, stdout: "" });
    expect(refused.stderr).toContain(`Nobody is here to agree to run the code of ${PACKAGE}.`);
    const agreed = await shell("connect", PACKAGE, "--url", "acme:", "--trust");
    expect(agreed.stdout).toContain("Connected acme: Acme Vault as somebody.");
    expect(agreed.lines[0]).toContain(`${PACKAGE} 1.0.0`);
    expect(agreed.lines[1]).toContain(`at ${folder}`);
    expect(agreed.lines[2]).toMatch(/files sha256-[0-9a-f]{64}/);
    expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
      connections: { acme: { provider: PACKAGE, url: "acme:" } },
    });
    expect(await get(shell, "acme://db")).toMatchObject({ code: 0, stdout: "vlcanary-db\n", stderr: "" });
    expect(await get(shell, "acme:db")).toMatchObject({ code: 0, stdout: "vlcanary-db\n", stderr: "" });
    expect((await shell("get", "acme://fields#user")).stdout).toBe("app\n");
    expect((await shell("get", "acme://bytes", "--base64")).stdout).toBe("/wD+\n");
    expect(await shell("get", "acme://none")).toMatchObject({ code: 66 });
    expect((await shell("status", "--check")).stdout).toMatch(
      /acme +vaultlink-provider-acme +url acme: +ready +somebody/,
    );
  });

  it("tells which vault it reaches, and what it finds here, as ours do", async () => {
    const shell = await connected({
      provider: `where: async ({ env }) => ({
        facts: [{ what: "site", value: url + "north", variable: "ACME_TOKEN" }, { what: "sees", value: Object.keys(env).join() }],
        address: "http://127.0.0.1:1/",
      }),`,
      plugin: `suggest: async ({ env }) => ({ methods: [{ label: "File", found: env.HOME ? "a token in ~/.acme" : undefined }] }),`,
    });
    expect((await shell("status")).stdout).toMatch(/acme +vaultlink-provider-acme +site acme:north, sees ACME_TOKEN/);
    expect((await shell("explain", "acme://db")).stdout).toMatch(/site +acme:north \(from ACME_TOKEN\)/);
    const { stdout } = await shell("doctor", "acme", "--json");
    const { findings } = JSON.parse(stdout) as { findings: readonly { check: string; message: string }[] };
    const told = Object.fromEntries(findings.map(({ check, message }) => [check, message]));
    expect(told).toMatchObject({
      configuration: "site acme:north, sees ACME_TOKEN",
      credentials: "found ACME_TOKEN, a token in ~/.acme",
      dns: "127.0.0.1 is an address itself",
      tcp: "Nothing listens there.",
    });
  });

  it("has its own flags, in help, in mistakes and when it signs in", async () => {
    const shell = await connected();
    const help = await shell("connect", PACKAGE, "--help");
    expect(help.stdout).toContain("--url <text>");
    expect(help.stdout).toContain("--token-stdin");
    expect((await shell("__complete", "connect", PACKAGE, "--")).stdout).toContain("--token-stdin");
    expect(await shell("connect", PACKAGE, "other")).toMatchObject({ code: 64 });
    expect((await shell("connect", PACKAGE, "other")).stderr).toContain("Acme Vault needs --url.");
    const options = { input: "vlcanary-right\n", env: { ACME_TOKEN: "vlcanary-wrong" } };
    expect(await shell.call(["reauth", "acme", "--token-stdin"], options)).toMatchObject({ code: 0 });
    expect(await shell.call(["reauth", "acme"], { env: { ACME_TOKEN: "vlcanary-wrong" } })).toMatchObject({ code: 76 });
    expect((await shell.call(["reauth", "acme", "--secret-stdin"], options)).lines[0]).toBe(
      "vaultlink: There is no credential here that --secret-stdin could bring.",
    );
    expect((await shell("reauth", "acme", "--url", "acme:")).lines[0]).toBe(
      "vaultlink: --url is part of the connection, and not of signing in again.",
    );
  });

  it("is no longer trusted once its code, or what its lockfile says, changed; trust takes it up again", async () => {
    const shell = await openShell(SIGNED_IN);
    const folder = await install(userFolder(shell));
    const lock = (integrity: string): Promise<void> =>
      writeFile(
        join(userFolder(shell), "package-lock.json"),
        JSON.stringify({ packages: { [`node_modules/${PACKAGE}`]: { version: "1.0.0", integrity } } }),
      );
    await lock("sha512-AAAA");
    const agreed = await shell("connect", PACKAGE, "--url", "acme:", "--trust");
    expect(agreed.stderr).toContain("integrity sha512-AAAA (package-lock.json)");
    for (const change of [() => lock("sha512-BBBB"), () => appendFile(join(folder, "index.js"), "// changed\n")]) {
      await change();
      const refused = await shell("get", "acme://db");
      expect(refused).toMatchObject({ code: 67, stdout: "" });
      expect(refused.stderr).toContain(`The code of ${PACKAGE} has changed since you trusted it.`);
      expect(refused.stderr).toContain("vaultlink trust");
      expect((await shell("trust", "--yes")).stdout).toContain("This code may run from now on, until it changes.");
      expect(await get(shell, "acme://db")).toMatchObject({ code: 0 });
    }
  });

  it("is trusted although the code of another connection is not there, which is said", async () => {
    const shell = await openShell(SIGNED_IN);
    await install(userFolder(shell));
    const program = { provider: { command: ["python3", "./gone/provider.py"] } };
    await shell.writeUser({
      version: 1,
      connections: { acme: { provider: PACKAGE, url: "acme:" }, gone: program },
    });
    const trusted = await shell("trust", "--yes");
    expect(trusted).toMatchObject({ code: 78, stdout: "" });
    expect(trusted.stderr).toContain("This code may run from now on, until it changes.");
    expect(trusted.stderr).toContain("Connection gone: ");
    expect(await get(shell, "acme://db")).toMatchObject({ code: 0 });
    // Nothing else is left to trust.
    const again = await shell("trust", "--yes");
    expect(again.code).toBe(78);
    expect(again.lines[0]).toMatch(/^vaultlink: .*Connection gone: /);
  });

  it("runs nothing of it before it is trusted", async () => {
    const shell = await openShell(SIGNED_IN);
    const mark = join(shell.home, "ran");
    const first = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(mark)}, "");`;
    await install(userFolder(shell), { first });
    await shell.writeUser({ version: 1, connections: { acme: { provider: PACKAGE, url: "acme:" } } });
    for (const args of [
      ["get", "acme://db"],
      ["get", "acme:db"],
      ["status"],
      ["status", "--check"],
      ["reauth"],
      ["list"],
    ]) {
      await shell(...args);
    }
    await shell("connect", PACKAGE, "--help");
    expect(await shell.read(mark)).toBeUndefined();
    expect(await shell("get", "acme://db")).toMatchObject({ code: 67 });
    await shell("trust", "--yes");
    await get(shell, "acme://db");
    expect(await shell.read(mark)).toBe("");
  });

  it("is also taken from a project, whose path the configuration then has", async () => {
    const shell = await openShell(SIGNED_IN);
    await install(shell.project, {}, `@acme/${PACKAGE}`);
    const agreed = await shell("connect", "--trust", `@acme/${PACKAGE}`, "--url", "acme:");
    expect(agreed).toMatchObject({ code: 0 });
    const provider = join(shell.project, "node_modules/@acme", PACKAGE);
    expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
      connections: { acme: { provider } },
    });
    expect(await get(shell, "acme://db")).toMatchObject({ code: 0, stdout: "vlcanary-db\n" });
  });
});

describe("a provider of somebody else's, in a project", () => {
  const definition = { version: 1, connections: { acme: { provider: "./tools/acme", url: "acme:" } } };

  it("counts once the project is trusted, code and connection", async () => {
    const shell = await openShell(SIGNED_IN);
    await writeProvider(join(shell.project, "tools/acme"), PACKAGE);
    await shell.writeProject({ ...definition, links: { DB: "acme://db" } });
    expect(await shell("get", "DB")).toMatchObject({ code: 67 });
    const trusted = await shell("trust", "--yes");
    expect(trusted.stdout).toContain("Code of others that would run:");
    expect(trusted.stdout).toContain(join(shell.project, "tools/acme"));
    expect(await get(shell, "DB")).toMatchObject({ code: 0, stdout: "vlcanary-db\n" });
    await appendFile(join(shell.project, "tools/acme/index.js"), "// pulled\n");
    expect((await shell("get", "DB")).stderr).toContain("has changed since you trusted it");
  });

  it("may be one file, in a folder of its own", async () => {
    const shell = await openShell(SIGNED_IN);
    const folder = await writeProvider(join(shell.project, "tools"), PACKAGE);
    await rm(join(folder, "package.json"));
    await shell.writeProject({ version: 1, connections: { acme: { provider: "./tools/index.js", url: "acme:" } } });
    await shell("trust", "--yes");
    expect(await get(shell, "acme://db")).toMatchObject({ code: 0 });
    await shell.writeProject({ version: 1, connections: { acme: { provider: "./index.js", url: "acme:" } } });
    await writeFile(join(shell.project, "index.js"), "");
    expect(await shell("trust", "--yes")).toMatchObject({ code: 78 });
  });

  it("may be a program, whose files are trusted with it", async () => {
    const shell = await openShell(SIGNED_IN);
    await mkdir(join(shell.project, "tools"));
    const file = join(shell.project, "tools/acme.mjs");
    await writeFile(file, PROGRAM);
    const provider = { command: [process.execPath, "./tools/acme.mjs"], envVariables: ["ACME_*"] };
    await shell.writeProject({ version: 1, connections: { acme: { provider, url: "acme:" } } });
    expect(await shell("get", "acme://url")).toMatchObject({ code: 67 });
    expect((await shell("trust", "--yes")).stdout).toMatch(/acme +acme\.mjs/);
    expect(await shell("get", "acme://url")).toMatchObject({ code: 0, stdout: "acme: ACME_TOKEN\n" });
    await appendFile(file, "// changed\n");
    expect(await shell("get", "acme://url")).toMatchObject({ code: 67 });
  });
});

const PROGRAM = `
import { createInterface } from "node:readline";
const say = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", id, result }) + "\\n");
let told;
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === "rpc.shutdown") process.exit(0);
  if (method === "provider.read") return say(id, { text: told });
  told = params.application.options.url + " " + Object.keys(params.application.env).join();
  say(id, { protocol: "vaultlink.provider", version: 1, methods: ["provider.read"], application: {} });
});
`;
