import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { openConnectedShell } from "./shell.ts";

const LINKS = { DB_USER: "hcv://database/creds/app#username" };

describe("a credential that the vault makes for us", () => {
  it("lives on when get has printed it, and get says until when", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    const ran = await shell.call(["get", "DB_USER"], { reveals: true });
    expect(ran.code).toBe(0);
    expect(ran.lines).toEqual([
      expect.stringMatching(/DB_USER was made by the vault for this call, and lives until \d{4}-\d\d-\d\dT/),
    ]);
    expect(vault.leases().map(({ revoked }) => revoked)).toEqual([false]);
  });

  it("lives while the child of run does, and ends with it", async () => {
    const { shell, vault } = await openConnectedShell(LINKS);
    const during: boolean[] = [];
    // The child asks here, and lives until it is answered.
    const server = createServer((_, response) => {
      during.push(...vault.leases().map(({ revoked }) => revoked));
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const script = `fetch("http://127.0.0.1:${port}").then(() => process.exit(0))`;
    const ran = await shell("run", "--", process.execPath, "-e", script);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(during).toEqual([false]);
    expect(vault.leases().map(({ revoked }) => revoked)).toEqual([true]);
  });
});
