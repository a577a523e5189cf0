import { startOnePasswordConnect } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished, vi } from "vitest";
import { context } from "./support.ts";

it("F20: a Connect server's token has the same identity in every process, and another has another", async () => {
  const vault = await startOnePasswordConnect();
  onTestFinished(() => vault.stop());
  const identityOf = async (env: Readonly<Record<string, string>>): Promise<string> => {
    // As another process has it.
    vi.resetModules();
    const { onePassword } = await import("../src/index.ts");
    const session = await onePassword({ auth: { method: "connect" } }).open(context({ env }));
    await session.close?.();
    return session.identity ?? "";
  };
  const identity = await identityOf(vault.env);
  expect(await identityOf(vault.env)).toBe(identity);
  expect(identity).not.toContain(vault.env["OP_CONNECT_TOKEN"]);
  expect(await identityOf({ ...vault.env, OP_CONNECT_TOKEN: vault.tokenOf("audit") })).not.toBe(identity);
});
