import { type AwsHome, type AwsStandIn, startAws } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openShell, type Shell } from "./shell.ts";

/** A shell whose user has AWS's own tools set up, with profiles of every kind. */
async function withAws(): Promise<{ readonly shell: Shell; readonly vault: AwsStandIn; readonly home: AwsHome }> {
  const vault = await startAws();
  const home = await vault.home();
  onTestFinished(async () => {
    await home.remove();
    await vault.stop();
  });
  const shell = await openShell({ HOME: home.path, AWS_ENDPOINT_URL: vault.url });
  await shell.writeProject({ version: 1, links: { DB_USER: "aws-dev://app/db#username" } });
  return { shell, vault, home };
}

it("connects with a profile, whose region counts, and reads", async () => {
  const { shell } = await withAws();
  expect((await shell("connect", "aws", "aws-dev", "--profile", "dev")).code).toBe(0);
  expect(JSON.parse((await shell.read(shell.userFile)) ?? "")).toMatchObject({
    connections: { "aws-dev": { provider: "aws", auth: { profile: "dev" } } },
  });
  const { code, stdout } = await shell("get", "DB_USER");
  expect([code, stdout.trim()]).toEqual([0, "app"]);
});

it("says which command signs in again, and then the next one works", async () => {
  const { shell, home } = await withAws();
  await shell.writeUser({ version: 1, connections: { "aws-dev": { provider: "aws", auth: { profile: "sso" } } } });
  const { code, lines } = await shell("get", "DB_USER");
  expect([code, lines]).toEqual([
    76,
    [
      "vaultlink: DB_USER: The AWS SSO session has expired, or nobody has signed in.",
      "  try: aws sso login --profile sso",
    ],
  ]);
  await home.signIn();
  expect((await shell("get", "DB_USER")).stdout.trim()).toBe("app");
});

it("takes an ARN where the connection's region is the ARN's", async () => {
  const { shell, vault } = await withAws();
  await shell.writeUser({
    version: 1,
    connections: { "aws-dev": { provider: "aws", region: "eu-west-1", auth: { profile: "dev" } } },
  });
  expect((await shell("get", `${vault.arn("app/db")}#username`)).stdout.trim()).toBe("app");
});

it("disconnects by a link to an ARN, and names every link of the connection, before any plugin was loaded (S25)", async () => {
  const { shell, vault } = await withAws();
  await shell.writeUser({ version: 1, connections: { "aws-dev": { provider: "aws", auth: { profile: "dev" } } } });
  const arn = `${vault.arn("app/db")}#username`;
  await shell.writeProject({
    version: 1,
    links: { NATIVE: arn, SPELLED: "aws-dev://app/db#username", OTHER: "hcv://x" },
  });
  const { code, stdout } = await shell("disconnect", "--link", "NATIVE", "--yes");
  expect([code, stdout]).toEqual([0, expect.stringContaining("Unresolved from now on: NATIVE, SPELLED.")]);
  expect(await shell("get", "NATIVE")).toMatchObject({
    code: 67,
    lines: [expect.stringContaining("disconnected"), expect.anything()],
  });
});

it("E9: an ARN is of no use once its connection leads to another region, and no vault is asked for it", async () => {
  const { shell, vault } = await withAws();
  const connectTo = (region: string): Promise<void> =>
    shell.writeUser({ version: 1, connections: { "aws-dev": { provider: "aws", region, auth: { profile: "dev" } } } });
  await shell.writeProject({ version: 1, links: { NATIVE: `${vault.arn("app/db")}#username` } });
  await connectTo("eu-west-1");
  expect((await shell("get", "NATIVE")).stdout.trim()).toBe("app");
  await connectTo("us-east-1");
  vault.log.clear();
  const failed = await shell("get", "NATIVE", "--json");
  expect([failed.code, JSON.parse(failed.stdout)]).toMatchObject([67, { error: { reason: "mismatch" } }]);
  expect(vault.log.count()).toBe(0);
});
