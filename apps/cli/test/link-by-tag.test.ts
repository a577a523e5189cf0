import { VAULT_SEED } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { startFourVaults } from "./screen/four-vaults.ts";

it.skipIf(process.platform === "win32")(
  "link --from chooses by tag where the vault's listing tells tags, shows first, and refuses elsewhere (skipped on Windows: no az)",
  async () => {
    const fourVaults = await startFourVaults();
    const { shell } = fourVaults;
    // The user of the seed may not list below `secret/`.
    const env = { ...fourVaults.env, VAULT_TOKEN: VAULT_SEED.rootToken };
    const linkFrom = (...args: readonly string[]) => shell.call(["link", "--from", ...args], { env });
    const links = async (): Promise<unknown> =>
      (JSON.parse((await shell.read(shell.projectFile)) ?? "") as { readonly links: unknown }).links;
    const before = await links();

    const preview = await linkFrom("aws", "--tag", "team=payments", "--dry-run");
    expect(preview.stdout.split("\n")).toEqual(["  APP_DB  aws://app/db", "Nothing was changed.", ""]);
    expect(await linkFrom("aws", "--tag", "team=other", "--dry-run")).toMatchObject({
      stdout: "Nothing was changed.\n",
    });
    expect(await links()).toEqual(before);

    expect((await linkFrom("az", "--tag", "team=payments", "--tag", "team", "--json", "--dry-run")).stdout).toContain(
      '"reference":"az://db"',
    );
    expect((await linkFrom("aws", "--tag", "team", "--prefix", "app/", "--yes")).code).toBe(0);
    expect(await links()).toEqual({ ...(before as object), DB: "aws://app/db" });

    for (const connection of ["hcv", "op"]) {
      expect(await linkFrom(connection, "--tag", "team", "--yes")).toMatchObject({
        code: 64,
        stdout: "",
        lines: [
          "vaultlink: This vault's listing tells no tags; choose by the beginning of names.",
          "  try: vaultlink link --help",
        ],
      });
    }
  },
);
