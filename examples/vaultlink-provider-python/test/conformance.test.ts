import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Provider } from "@vaultlink/core";
import { execProvider } from "@vaultlink/core/provider";
import { conformance, type Skips, standInSubject, toVitest } from "@vaultlink/testkit";
import { afterAll, describe, it } from "vitest";
import { KEY, OTHER_KEY, startVault } from "./vault.ts";

const NO_PLUGIN = "A program has no plugin object; who ships one in a package adds it.";
const SKIPS: Skips = {
  "returns bytes unchanged": "Acme Vault keeps texts only.",
  "found credentials offer no `revoke`": "An API key is always exchanged for a token of our own.",
  "neither importing nor creating loads the SDK": "The package is a program: nothing of it is imported.",
  "neither importing nor creating reaches out": "The package is a program: nothing of it is imported.",
  "prints nothing in a process of its own, with `DEBUG=*`": "What a program prints to stderr is dropped.",
  "without `prompter`: no prompt, no browser, settles": "The program takes its key from ACME_KEY and asks nobody.",
  "with it: secrets asked as `secret`": "The program takes its key from ACME_KEY and asks nobody.",
  "declined = `aborted`": "The program takes its key from ACME_KEY and asks nobody.",
  "URLs are https or loopback": "The program takes its key from ACME_KEY and asks nobody.",
  "the plugin makes the provider it names": NO_PLUGIN,
  "refuses bad options by name, never by value": NO_PLUGIN,
  "draft-2020-12 schema, each property described, secrets `writeOnly`": NO_PLUGIN,
  "suggests options that it has, and no credential": NO_PLUGIN,
  "`parseIdentifier` never throws on 10,000 generated strings and round-trips its own": NO_PLUGIN,
};

const python = findPython();
if (python === undefined) {
  describe("a provider in Python", () => {
    it.skip("needs python3 on the PATH", () => undefined);
  });
} else {
  const standIn = await startVault();
  const { vault, url } = standIn;
  const program = fileURLToPath(new URL("../provider.py", import.meta.url));
  const connect = (at: string): Provider =>
    execProvider({
      ...{ name: "acme", command: [python, program], envVariables: ["ACME_KEY"] },
      ...{ options: { url: at }, where: true },
    });
  let changes = 0;
  const subject = standInSubject(standIn, connect, {
    env: { ACME_KEY: KEY },
    existing: [
      { locator: { path: "app/db", query: {} }, value: "vlcanary-value" },
      { locator: { path: "app/api", query: {} }, value: "vlcanary-key-of-the-api" },
    ],
    missing: { path: "app/none", query: {} },
    denied: { path: "audit/report", query: {} },
    unusable: { path: "app/off", query: {} },
    impossible: { path: "app/db", query: { version: "newest" } },
    empty: { locator: { path: "app/empty", query: {} }, value: "" },
    pinned: { locator: { path: "app/db", query: { version: "1" } }, value: "vlcanary-old" },
    alias: { path: "app/db", query: { version: "2" } },
    changing: {
      locator: { path: "app/changing", query: {} },
      change: () => {
        const value = `vlcanary-change-${++changes}`;
        vault.put("app/changing", value);
        return value;
      },
    },
    listed: "app/",
    put: (path, value) => {
      if (typeof value !== "string") throw new TypeError("Acme Vault keeps texts only.");
      vault.put(path, value);
    },
    other: () => connect(url),
    otherEnv: { ACME_KEY: OTHER_KEY },
    obtained: {
      provider: () => connect(url),
      ended: () => vault.lastObtained !== undefined && !vault.isLive(vault.lastObtained),
    },
    unlisted: () => {
      const provider = connect(url);
      return { ...provider, open: (context) => provider.open({ ...context, env: { ACME_KEY: OTHER_KEY } }) };
    },
    canaries: ["vlcanary-"],
  });
  afterAll(() => standIn.stop());
  describe("a provider in Python", () => {
    toVitest(conformance(subject, { skip: SKIPS }), it);
  });
}

function findPython(): string | undefined {
  try {
    return execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
