import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { createVault } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { aws } from "../../src/index.ts";
import { useFixture, user, whoReads } from "../credentials/fixture.ts";
import { refused } from "../support.ts";

const fixture = useFixture();
const KEYS = { AccessKeyId: "AKIAAPP000000000APP1", SecretAccessKey: `${CANARY}app-secret-key` };
const PRINTED = JSON.stringify({ Version: 1, ...KEYS });

/** A profile whose program is this script. */
async function program(script: string, command?: string): Promise<void> {
  const file = `${fixture.home.path}/program.sh`;
  await writeFile(file, script);
  await chmod(file, 0o700);
  const config = `[profile own]\nregion = eu-west-1\ncredential_process = ${command ?? file}\n`;
  await writeFile(`${fixture.home.path}/.aws/config`, config);
}

/** The environment that the program wrote down. */
async function seen(): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(`${fixture.home.path}/environment`, "utf8")).split("\n");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

const env = () => ({ ...fixture.bare, AWS_PROFILE: "own" });

describe("A3: a program that gives credentials", () => {
  it("gets the whole environment that core lends for programs, and nothing that is this library's", async () => {
    await program(`#!/bin/sh\nenv > '${fixture.home.path}/environment'\necho '${PRINTED}'\n`);
    const whole = {
      ...env(),
      REQUESTS_CA_BUNDLE: "/etc/ca.pem",
      DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus",
      LANG: "de_DE.UTF-8",
      TMPDIR: "/var/tmp",
      SSH_AUTH_SOCK: "/run/agent",
      SystemRoot: "C:\\Windows",
    };
    expect(await whoReads({}, { env: env(), programEnv: whole })).toBe(user("app"));
    const got = await seen();
    for (const [name, value] of Object.entries(whole)) expect([name, got.get(name)]).toEqual([name, value]);
    const shell = new Set(["PWD", "OLDPWD", "SHLVL", "_", ""]);
    expect([...got.keys()].filter((name) => !(name in whole) && !shell.has(name))).toEqual([]);
  });

  it("is found in the caller's PATH, and so is what it is written in", async () => {
    const folder = `${fixture.home.path}/bin`;
    await mkdir(folder);
    await writeFile(`${folder}/only-here`, '#!/bin/sh\nexec sh "$@"\n');
    await writeFile(`${folder}/give`, `#!/usr/bin/env only-here\necho '${PRINTED}'\n`);
    await Promise.all(["only-here", "give"].map((name) => chmod(`${folder}/${name}`, 0o700)));
    await program("", "give");
    const programEnv = { ...env(), PATH: `${folder}:${fixture.bare["PATH"]}` };
    expect(await whoReads({}, { env: env(), programEnv })).toBe(user("app"));
  });

  it("gets it from core, which keeps it out of the cache's key", async () => {
    await program(`#!/bin/sh\ntest "$KEYRING" = open && echo '${PRINTED}'\n`);
    const vault = createVault({ connections: { aws: aws() }, env: { ...env(), KEYRING: "open" } });
    expect((await vault.get("aws://app/api-key")).reveal()).toBe(`${CANARY}api-key`);
    const again = await vault.get("aws://app/api-key", { env: { ...env(), KEYRING: "shut" } });
    expect(again.provenance.source).toBe("cache");
    await vault.close();
  });

  it.each([
    ["speaks of SSO", "Error: the SSO session has expired, run aws sso login"],
    ["speaks of the network", "connect ECONNREFUSED 127.0.0.1:443"],
    ["speaks of a profile", "The profile could not be found, detected a cycle"],
    ["speaks of a second factor", "This requires multi-factor authentication"],
    ["speaks of limits", "ToManyRequests: throttled, SyntaxError"],
  ])("that fails is named, whatever it says: one that %s", async (_, words) => {
    await program(`#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
    const { code, details, message } = await refused(whoReads({}, { env: env() }));
    expect([code, message]).toEqual(["unauthenticated", "The profile's credential_process gave no valid credentials."]);
    expect(details.hint).toBe("aws configure export-credentials --profile own");
  });

  it("that prints without end is ended", async () => {
    await program("#!/bin/sh\nyes vlcanary-endless\n");
    expect((await refused(whoReads({}, { env: env() }))).code).toBe("unauthenticated");
  });
});
