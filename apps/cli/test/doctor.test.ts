import { startAzure } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import { openConnectedShell, openShell } from "./shell.ts";

interface Found {
  readonly check: string;
  readonly state: string;
  readonly message: string;
}

const found = (stdout: string, check: string): Found | undefined =>
  (JSON.parse(stdout) as { findings: readonly Found[] }).findings.find((finding) => finding.check === check);

it("looks at a real vault: signs in, reads, and finds that its clock is another", async () => {
  const { shell } = await openConnectedShell({ DB: "hcv://secret/app/db#password" });
  const { code, stdout, stderr } = await shell("doctor", "--json");
  // The stand-in lives in another year.
  expect([code, stderr, found(stdout, "clock")?.state]).toEqual([78, "", "failed"]);
  expect(found(stdout, "sign-in")).toMatchObject({ state: "ok" });
  expect(found(stdout, "read")).toMatchObject({ state: "ok", message: "DB can be read" });
});

it("checks a certificate as the provider does", async () => {
  const azure = await startAzure();
  onTestFinished(() => azure.stop());
  const { AZURE_AUTHORITY_HOST = "", NODE_EXTRA_CA_CERTS = "" } = azure.env;
  const shell = await openShell({ AZURE_AUTHORITY_HOST });
  await shell.writeUser({ version: 1, connections: { az: { provider: "azure", vaultUrl: azure.url } } });
  const untrusted = await shell("doctor", "az", "--json");
  expect(found(untrusted.stdout, "tls")).toMatchObject({ state: "failed", message: "The certificate is not trusted." });
  const trusted = await shell.call(["doctor", "az", "--json"], { env: { NODE_EXTRA_CA_CERTS } });
  expect(found(trusted.stdout, "tls")).toMatchObject({ state: "ok" });
});
