import { CANARY } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { context, open, refused, useVault } from "./support.ts";

/* Behind a local proxy that signs in by itself. */

const server = useVault();

/** What a local proxy with auto-auth does: it adds its own token where none is. */
function proxied(token: () => string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    expect([headers.get("x-vault-request"), headers.get("x-vault-token") || null]).toEqual(["true", null]);
    headers.set("x-vault-token", token());
    return fetch(input, { ...init, headers });
  };
}

it("H9: sends no token where a local proxy adds one, and knows whose it is", async () => {
  const { token } = server.vault.credentials["app"] ?? { token: "" };
  const env = {
    VAULT_ADDR: "https://unused.test",
    VAULT_AGENT_ADDR: server.vault.url,
    VAULT_TOKEN: `${CANARY}foreign`,
  };
  const { session, read } = await open(env, { auth: { method: "agent" }, fetch: proxied(() => token) });
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  expect(session.identity).toContain(new URL(server.vault.url).host);
  expect(session.roles).toContain("app");
  expect("revoke" in session).toBe(false);
  await session.close?.();
});

it("H9: has no identity where the proxy tells nothing that tells one from another", async () => {
  const { token } = server.vault.credentials["app"] ?? { token: "" };
  const auth = { method: "agent", lookup: false } as const;
  const { session } = await open({ VAULT_ADDR: server.vault.url }, { auth, fetch: proxied(() => token) });
  expect(session.identity).toBeUndefined();
  await session.close?.();
});

it("R1: notices at a renewal that a proxy's token is another's", async () => {
  let token = server.vault.issueToken({ policies: ["app"], ttl: 600 });
  const { session, read } = await open(
    { VAULT_ADDR: server.vault.url },
    { auth: { method: "agent" }, fetch: proxied(() => token) },
  );
  expect(await session.renew?.(context({}))).toBeGreaterThan(0);
  expect(server.vault.log.count("renew-self")).toBe(0);
  token = server.vault.issueToken({ policies: ["audit"], ttl: 600 });
  await refused(session.renew?.(context({})) ?? Promise.resolve(), "unauthenticated");
  await refused(read("secret/audit/report"), "unauthenticated");
  await session.close?.();
});

it("H9: says what is wrong where the proxy adds nothing", async () => {
  for (const missingToken of [400, 403] as const) {
    server.vault.set({ missingToken });
    await refused(open({ VAULT_ADDR: server.vault.url }, { auth: { method: "agent" } }), "unauthenticated");
  }
});
