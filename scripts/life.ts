import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { quote, run, type Said } from "./life/shell.ts";
import { startShortTokenVault } from "./life/short-token-vault.ts";

/*
 * Records a connection's whole life on a real OpenBao, and writes the page that shows it:
 * `node --conditions=source scripts/life.ts`. What changes from run to run is shown as on a server of one's own.
 */

const PAGE = fileURLToPath(new URL("../docs/site/src/content/docs/guides/life-session.md", import.meta.url));
const SHORT_SECONDS = 40;
const LONG_SECONDS = 3600;

const vault = await startShortTokenVault();
const folder = await mkdtemp(join(tmpdir(), "vaultlink-life-"));
const runtime = join(folder, "run");
await mkdir(runtime, { mode: 0o700 });
await mkdir(join(folder, "project"));
const base = {
  ...{ PATH: process.env["PATH"], HOME: folder, NO_COLOR: "1" },
  ...{ XDG_CONFIG_HOME: join(folder, "config"), XDG_RUNTIME_DIR: runtime, VAULTLINK_AGENT: "on" },
};
let token = await vault.issueToken(SHORT_SECONDS);
const parts: string[] = [];

const vaultlink = (...args: readonly string[]): Promise<Said> =>
  run(args, { cwd: join(folder, "project"), env: { ...base, VAULT_TOKEN: token } });

/** Adds one step: a heading, a sentence, and what is typed and said. Throws where a command ends otherwise than it should. */
async function step(heading: string, sentence: string, ...typed: readonly (readonly string[])[]): Promise<void> {
  const lines: string[] = [];
  for (const args of typed) {
    const [expected, ...rest] = args[0] === "!" ? args : ["", ...args];
    const { lines: said, status } = await vaultlink(...rest);
    if ((status === 0) !== (expected === ""))
      throw new Error(`vaultlink ${rest.join(" ")}: ${status}\n${said.join("\n")}`);
    lines.push(
      `$ vaultlink ${rest.map(quote).join(" ")}`,
      ...said,
      ...(status === 0 ? [] : [`$ echo $?`, String(status)]),
    );
  }
  parts.push(`## ${heading}\n\n${sentence}\n\n\`\`\`console\n${lines.join("\n")}\n\`\`\`\n`);
}

try {
  await vault.write("app/db", { password: "first-password" });
  await vault.write("app/replica", { password: "another-password" });
  await step("Connect", "The token is in `VAULT_TOKEN`, and lives for seconds here.", [
    "connect",
    "hashicorp",
    "hcv",
    "--address",
    vault.url,
  ]);
  await step(
    "Link and read",
    "The file in the project has the name and the reference.",
    ["link", "DB_PASSWORD", "hcv://secret/app/db#password"],
    ["get", "DB_PASSWORD"],
    ["list"],
  );
  await untilExpired();
  await step(
    "The token has expired",
    "The value is still in memory, and withheld: whose it was has ended.",
    ["!", "get", "DB_PASSWORD"],
    ["list"],
  );
  token = await vault.issueToken(LONG_SECONDS);
  await step(
    "Sign in again",
    "`VAULT_TOKEN` has a new token now. One command mends every link of the connection.",
    ["reauth", "hcv"],
    ["get", "DB_PASSWORD"],
  );
  await step(
    "Change the link",
    "The new secret is read before anything changes. Whoever asks for the name needs no change.",
    ["relink", "DB_PASSWORD", "hcv://secret/app/replica#password"],
    ["get", "DB_PASSWORD"],
  );
  await step(
    "Disconnect",
    "The links stay, and say why they give nothing.",
    ["disconnect", "hcv", "--yes"],
    ["list"],
    ["!", "get", "DB_PASSWORD"],
  );
  await step("Connect again", "No link has to be made anew.", ["reauth", "hcv"], ["get", "DB_PASSWORD"], ["list"]);
  await writeFile(PAGE, pageOf(parts));
} finally {
  await vaultlink("agent", "stop");
  await rm(folder, { recursive: true, force: true });
  await vault.stop();
}

/** Waits until the agent says that the token has expired. */
async function untilExpired(): Promise<void> {
  for (let tries = 0; tries < SHORT_SECONDS * 3; tries++) {
    if ((await vaultlink("list", "--json")).lines.join("").includes('"expired"')) return;
    await delay(1000);
  }
  throw new Error("The token does not expire.");
}

function pageOf(steps: readonly string[]): string {
  const text = steps.join("\n").replaceAll(new URL(vault.url).host, "127.0.0.1:8200").replaceAll(folder, "/home/anna");
  return `---
title: A connection's life at a terminal
description: What each command prints, from connecting to connecting again, as it was recorded on a real server.
---

Recorded on OpenBao by one command of this repository: \`node --conditions=source scripts/life.ts\`. Nothing was written by hand.

${text}`;
}
