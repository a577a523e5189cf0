import { VAULT_SEED, startVault } from "@vaultlink/stand-ins";
import { describe, expect, it, onTestFinished } from "vitest";
import { openShell, type Shell } from "./shell.ts";

/** A person who may list these paths of a vault, and what else its user may. */
async function personWhoMayList(...paths: readonly string[]): Promise<Shell> {
  const listing = Object.fromEntries(paths.map((path) => [path, ["list"] as const]));
  const policies = { ...VAULT_SEED.policies, app: { "secret/data/app/*": ["read"] as const, ...listing } };
  const vault = await startVault({ seed: { ...VAULT_SEED, policies } });
  onTestFinished(() => vault.stop());
  const shell = await openShell({ VAULT_TOKEN: vault.credentials["app"]?.token ?? "" });
  await shell.writeUser({ version: 1, connections: { hcv: { provider: "hashicorp", address: vault.url } } });
  return shell;
}

describe("link without --from", () => {
  it.each([
    [["--prefix", "secret/app/"], "--prefix is", "--prefix …"],
    [["--tag", "team=payments"], "--tag is", "--tag …"],
    [["--tag", "team", "--prefix", "app/"], "--prefix and --tag are", "--prefix … --tag …"],
    [["DB", "hcv://secret/app/db#password", "--tag", "team"], "--tag is", "--tag …"],
    [["DB", "hcv://secret/app/db#password", "--dry-run"], "--dry-run is", "--dry-run"],
  ])("refuses %j, which is for many", async (args, named, flags) => {
    const shell = await openShell();
    expect(await shell("link", ...args)).toMatchObject({
      code: 64,
      stdout: "",
      lines: [
        `vaultlink: ${named} for many names at once, which --from takes from a connection.`,
        `  try: vaultlink link --from <connection> ${flags}`,
      ],
    });
    expect(await shell.read(shell.projectFile)).toBeUndefined();
  });
});

describe("what may not be listed", () => {
  it("fails link --from and search where that is everything, and says what it is", async () => {
    const shell = await personWhoMayList();
    for (const args of [
      ["link", "--from", "hcv", "--dry-run"],
      ["search", "hcv"],
      ["search", "hcv", "db"],
    ]) {
      const { code, stdout, lines } = await shell(...args);
      expect([args, code, stdout, lines]).toEqual([
        args,
        77,
        "",
        [
          expect.stringMatching(
            /^vaultlink: The permission to list is missing for \S*secret\/\S*.*; a secret whose reference you know may be readable all the same\.$/,
          ),
          "  try: vaultlink link NAME",
        ],
      ]);
    }
  });

  it("is said beside what link --from may link, and counted for programs", async () => {
    const shell = await personWhoMayList("secret/metadata/", "secret/metadata/app/");
    const shown = await shell("link", "--from", "hcv", "--prefix", "secret/", "--dry-run");
    expect([shown.code, shown.stdout]).toEqual([
      0,
      expect.stringContaining("APP_DB_PASSWORD  hcv://secret/app/db#password"),
    ]);
    expect(shown.lines).toEqual([expect.stringMatching(/^vaultlink: The permission to list is missing for secret\//)]);
    const json = await shell("link", "--from", "hcv", "--prefix", "secret/", "--dry-run", "--json");
    expect(JSON.parse(json.stdout)).toMatchObject({ changed: false, foldersNotListed: 2 });
  });
});
