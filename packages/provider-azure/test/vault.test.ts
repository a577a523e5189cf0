import { isSecretError } from "@vaultlink/core/provider";
import { createVault, type Vault, type VaultOptions } from "@vaultlink/core";
import { CANARY } from "@vaultlink/stand-ins";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { azure, type AzureOptions } from "../src/index.ts";
import { bare, toolsOf } from "./credentials/fixture.ts";
import { useAzure } from "./support.ts";

const server = useAzure();
let vaults: Vault[] = [];

beforeEach(() => {
  vaults = [];
});
afterEach(() => Promise.all(vaults.map((vault) => vault.close())));

/** Core with one connection, `az`. Delays are never left to chance. */
function withCore(options: Partial<VaultOptions> = {}, about: AzureOptions = {}): Vault {
  const vault = createVault({
    connections: { az: azure(about) },
    env: server.azure.env,
    random: () => 0.5,
    ...options,
  });
  vaults.push(vault);
  return vault;
}

const code = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "resolved",
    (thrown: unknown) => (isSecretError(thrown) ? thrown.code : "not ours"),
  );

describe("many references", () => {
  it("of fifty secrets in three vaults cost a challenge each, one sign-in, and one call a secret", async () => {
    const [first = "", second = "", third = ""] = ["app", "shared", "third"].map((name) => server.azure.vaults[name]);
    const hosts = [first, second, third].map((url) => new URL(url).host);
    const names = Array.from({ length: 50 }, (_, index) => {
      const [vault, host] = [["app", "shared", "third"][index % 3] ?? "", hosts[index % 3] ?? ""];
      const name = vault === "shared" ? `token${index}` : `many${index}`;
      server.azure.put(`${vault}/${name}`, `${CANARY}${index}`);
      return `az://${host}/${name}`;
    });
    const settled = await withCore({}, { vaults: [first, second, third] }).getMany(names);
    expect(settled.map((one) => (one.status === "fulfilled" ? one.value.reveal() : "failed"))).toEqual(
      names.map((_, index) => `${CANARY}${index}`),
    );
    expect(server.azure.log.counts).toEqual({
      "secrets.challenge": 3,
      "entra.discovery": 1,
      "entra.token": 1,
      "secrets.get": 50,
    });
  });

  it("of fields of one secret cost one read", async () => {
    const vault = withCore({ links: { USER: "az://db#username", PASSWORD: "az://db#password" } });
    const [user, password] = await Promise.all([vault.get("USER"), vault.get("PASSWORD")]);
    expect([user.reveal(), password.reveal()]).toEqual(["app", `${CANARY}db-password-2`]);
    expect(server.azure.log.count("secrets.get")).toBe(1);
  });
});

describe("a secret's own end", () => {
  it("is the end of its place in the cache: what has ended is asked for each time", async () => {
    const vault = withCore();
    for (const name of ["az://expired", "az://expired", "az://expiring", "az://expiring"]) await vault.get(name);
    expect(server.azure.log.count("secrets.get")).toBe(3);
  });
});

describe("what core does about a refusal", () => {
  it.each([
    ["Key Vault fails once", { kind: "status", status: 503 }],
    ["the connection is dropped once", { kind: "drop" }],
    ["a page answers once", { kind: "html" }],
    ["it is told to slow down for a moment", { kind: "throttle", retryAfter: 0 }],
  ] as const)("asks again when %s", async (_, fault) => {
    server.azure.fault({ on: "secrets.get", times: 1, ...fault });
    expect((await withCore().get("az://api-key")).reveal()).toBe(`${CANARY}api-key`);
    expect(server.azure.log.count("secrets.get")).toBe(2);
  });

  it.each([
    ["denied", "az://audit-report"],
    ["unusable", "az://disabled"],
    ["not_found", "az://none"],
  ])("does not ask again after %s", async (expected, reference) => {
    expect(await code(withCore().get(reference))).toBe(expected);
    expect(server.azure.log.count("secrets.get")).toBe(1);
  });

  it("opens anew once when the token was ended", async () => {
    const vault = withCore();
    await vault.get("az://api-key");
    server.azure.revoke("app");
    vault.reset();
    expect(await code(vault.get("az://api-key"))).toBe("resolved");
    expect(server.azure.log.count("entra.token")).toBe(2);
  });

  it("asks nobody to sign in when Entra is only busy", async () => {
    server.azure.fault({ on: "entra.token", kind: "throttle" });
    expect(await code(withCore().get("az://api-key"))).toBe("throttled");
  });
});

describe("whoever signs in", () => {
  it("with az as somebody else loses what the one before could read", async () => {
    const tools = await toolsOf(server.azure);
    const hour = Date.now() + 3_600_000;
    await tools.azGives(server.azure.issue("app"), hour);
    const env = { ...bare({ env: server.azure.env, tenant: false }), PATH: tools.path };
    const vault = withCore({ env }, { auth: { method: "cli" } });
    expect(await code(vault.get("az://api-key"))).toBe("resolved");
    await tools.azGives(server.azure.issue("audit"), hour);
    await vault.reauthenticate("az");
    expect([await code(vault.get("az://api-key")), await code(vault.get("az://audit-report"))]).toEqual([
      "denied",
      "resolved",
    ]);
  });

  it("with az as somebody else meanwhile is noticed at the next token, and nothing is served from before", async () => {
    const tools = await toolsOf(server.azure);
    // So near its end that the next read asks az again.
    await tools.azGives(server.azure.issue("app"), Date.now() + 60_000);
    const env = { ...bare({ env: server.azure.env, tenant: false }), PATH: tools.path };
    const vault = withCore({ env }, { auth: { method: "cli" } });
    expect(await code(vault.get("az://api-key"))).toBe("resolved");
    await tools.azGives(server.azure.issue("audit"), Date.now() + 3_600_000);
    expect(await code(vault.get("az://db"))).toBe("denied");
    expect(await code(vault.get("az://api-key"))).toBe("denied");
  });
});
