import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createVault, type Vault } from "../../src/index.ts";
import { execProvider } from "../../src/provider.ts";

const PROGRAM = join(import.meta.dirname, "exec-program.ts");

function open(): Vault {
  const acme = execProvider({ name: "acme", command: [process.execPath, PROGRAM] });
  const vault = createVault({ connections: { acme }, env: {} });
  onTestFinished(() => vault.close());
  return vault;
}

it("a program's numbers keep their digits", async () => {
  const vault = open();
  expect((await vault.get("acme://digits#account")).reveal()).toBe("12345678901234567890");
  expect((await vault.get("acme://digits#price")).reveal()).toBe("1.50");
});

it("a program that has ended is started again by the next read, without anybody's help", async () => {
  const vault = open();
  const before = Number((await vault.get("acme://pid")).reveal());
  process.kill(before, "SIGKILL");
  await expect.poll(() => isAlive(before)).toBe(false);
  const after = Number((await vault.get("acme://pid", { refresh: true })).reveal());
  expect(after).not.toBe(before);
});

it("a program that ends at each read is started twice, and then not for a while", async () => {
  const vault = open();
  await vault.get("acme://pid");
  const failed = vault.get("acme://crash");
  await expect(failed).rejects.toMatchObject({ code: "unavailable", message: "The provider's program has ended." });
  expect(vault.status().connections).toMatchObject([{ name: "acme", state: "expired" }]);
  await expect(vault.get("acme://other")).rejects.toMatchObject({ code: "unavailable" });
});

it("a program that prints among its answers ends its session, and says why", async () => {
  await expect(open().get("acme://print")).rejects.toMatchObject({
    code: "unavailable",
    message: "The provider's program wrote something that is no answer.",
  });
});

it("a program that can say which vault it reaches is asked without a session", async () => {
  const settings = { name: "acme", command: [process.execPath, PROGRAM], envVariables: ["ACME_*"] } as const;
  const acme = execProvider({ ...settings, options: { url: "https://a.test" }, where: true });
  const { signal } = new AbortController();
  expect(await acme.where?.({ env: { ACME_KEY: "vlcanary-key", OTHER: "x" }, signal })).toEqual({
    facts: [{ what: "variables", value: "ACME_KEY", variable: "ACME_KEY" }],
    address: "https://a.test",
  });
  expect("where" in execProvider(settings)).toBe(false);
});

it("a program's requests are counted, those of signing in and of refusals included", async () => {
  const vault = open();
  const sent = (): number | undefined => vault.status().connections[0]?.requests?.total;
  await vault.get("acme://text");
  expect(sent()).toBe(3);
  const refused = await vault.get("acme://gone").catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ code: "not_found" });
  expect(refused).not.toHaveProperty("details.requests");
  expect(sent()).toBe(4);
});

it("a program says that a person declined, and no code that is for core alone", async () => {
  const vault = open();
  await expect(vault.get("acme://declined")).rejects.toMatchObject({
    code: "aborted",
    message: "Signing in was cancelled.",
  });
  await expect(vault.get("acme://unknown")).rejects.toMatchObject({ code: "unavailable" });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
