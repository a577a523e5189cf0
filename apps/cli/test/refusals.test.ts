import { describe, expect, it } from "vitest";
import { LINKS } from "./attempt.ts";
import { openConnectedShell } from "./shell.ts";

/** The sentences are the provider's own, so only what they must say is compared. */
describe("what the vault says", () => {
  it.each<[string, number, RegExp]>([
    ["MISSING", 66, /^vaultlink: MISSING: .*no such secret\. Its reference is hcv:\/\/secret\/app\/nothing#x\.$/],
    ["DENIED", 77, /^vaultlink: DENIED: .*does not let/],
    ["DELETED", 65, /^vaultlink: DELETED: .*deleted/],
    ["DESTROYED", 65, /^vaultlink: DESTROYED: .*destroyed/],
    ["NO_FIELD", 65, /^vaultlink: NO_FIELD: .*no such field/],
    ["WHOLE", 65, /^vaultlink: WHOLE: .*name one after #/],
  ])("get %s", async (name, status, sentence) => {
    const { shell } = await openConnectedShell(LINKS);
    const { code, stdout, lines } = await shell("get", name);
    expect([code, stdout]).toEqual([status, ""]);
    expect(lines[0]).toMatch(sentence);
    expect(lines.slice(1).every((line) => line.startsWith("  try: "))).toBe(true);
    expect(lines.length).toBeLessThanOrEqual(2);
  });

  it("nothing, since it is not there", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    await vault.stop();
    const { code, lines } = await shell("get", "DB_PASSWORD");
    expect([code, lines[0]]).toEqual([69, `vaultlink: DB_PASSWORD: Nothing answers at ${vault.url}.`]);
  });

  it("that it is sealed", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    vault.seal();
    const { code, lines } = await shell("get", "DB_PASSWORD");
    expect([code, lines.length, lines[0]]).toEqual([69, expect.any(Number), expect.stringMatching(/sealed/)]);
  });

  it("a page instead of an answer", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    vault.fault({ on: "*", kind: "html" });
    const { code, lines } = await shell("get", "DB_PASSWORD");
    expect([code, lines[0]]).toEqual([69, expect.stringMatching(/^vaultlink: DB_PASSWORD: /)]);
  });

  it("that the token has expired: with the command that mends it, and without asking anybody", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    vault.revoke("app");
    const { code, lines } = await shell("get", "DB_PASSWORD");
    expect([code, lines]).toEqual([
      76,
      ["vaultlink: DB_PASSWORD: The vault token is wrong, expired or revoked.", "  try: export VAULT_TOKEN=…"],
    ]);
  });
});
