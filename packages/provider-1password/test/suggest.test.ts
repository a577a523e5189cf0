import { describe, expect, it } from "vitest";
import type { Suggestions } from "@vaultlink/core/provider";
import { plugin } from "../src/plugin.ts";

const suggested = async (env: Record<string, string>): Promise<Suggestions> =>
  (await plugin.suggest?.({ env, options: {}, signal: AbortSignal.timeout(5000) })) ?? {};

describe("what is offered to whoever connects", () => {
  it("are a service account, the desktop app and a Connect server", async () => {
    const { methods = [] } = await suggested({});
    expect(methods.map(({ label }) => label)).toEqual(["Service account", "Desktop app", "Connect server"]);
    expect(methods[1]?.settings).toMatchObject([{ option: "auth.account" }]);
    expect(methods[2]?.settings).toMatchObject([{ option: "auth.host" }]);
  });

  it("is the token that is here first, and the server's address is kept", async () => {
    const account = await suggested({ OP_SERVICE_ACCOUNT_TOKEN: "vlcanary-token" });
    expect(account.methods?.[0]).toMatchObject({ found: "OP_SERVICE_ACCOUNT_TOKEN is set" });
    const connect = await suggested({ OP_CONNECT_TOKEN: "vlcanary-token", OP_CONNECT_HOST: "https://op.example" });
    expect(connect.methods?.[0]).toMatchObject({
      found: "OP_CONNECT_TOKEN is set",
      settings: [{ option: "auth.host", value: "https://op.example", source: "OP_CONNECT_HOST" }],
    });
    expect(JSON.stringify([account, connect])).not.toContain("vlcanary");
  });
});
