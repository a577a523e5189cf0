import type { Context, Prompter } from "@vaultlink/core/provider";
import { CANARY } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { type AuthOptions, hashicorp } from "../src/index.ts";
import { useHome } from "./home.ts";
import { parseLocator as at } from "@vaultlink/test-support";
import { context, open, refused, useVault } from "./support.ts";

/* Faults with credentials that are given, kept or asked for, each kind a table. */

const server = useVault();
const home = useHome();

/** A person who types these lines one after another. */
function typing(...lines: readonly string[]): Prompter {
  const left = [...lines];
  return {
    ask: () => Promise.resolve(left.shift() ?? ""),
    open: () => Promise.resolve(),
    show: () => undefined,
  };
}

/** The body of the first request that signing in sends; the vault then refuses it. */
async function bodyOf(auth: AuthOptions, env: Context["env"], lent: Partial<Context> = {}): Promise<unknown> {
  const sent: unknown[] = [];
  const watching: typeof fetch = (_, init) => {
    sent.push(JSON.parse(typeof init?.body === "string" ? init.body : "{}"));
    return Promise.resolve(Response.json({ errors: ["invalid credentials"] }, { status: 400 }));
  };
  const provider = hashicorp({ address: "https://vault.test", auth, fetch: watching });
  await refused(provider.open(context({ HOME: home.path, ...env }, lent)), "unauthenticated");
  return sent[0];
}

const BLANKS = [" two blanks ", "\ttab", "mid\rline", " ", "ends in newlines\n"].map((text) => `${CANARY}${text}`);

it.each(BLANKS.map((_, index) => index))(
  "H6: sends password %i exactly as it is given, wherever it is from",
  async (index) => {
    const password = BLANKS[index] as string;
    const user = { method: "userpass", username: "app" } as const;
    expect(await bodyOf({ ...user, password }, {})).toEqual({ password });
    expect(await bodyOf(user, { VAULT_PASSWORD: password })).toEqual({ password });
    expect(await bodyOf({ ...user, method: "ldap" }, { BAO_LDAP_PASSWORD: password })).toEqual({ password });
    expect(await bodyOf(user, {}, { prompter: typing(password) })).toEqual({ password });
    for (const end of ["\n", "\r\n"]) {
      const passwordFile = await home.keep("password", `${password}${end}`);
      expect(await bodyOf({ ...user, passwordFile }, {})).toEqual({ password });
    }
  },
);

it("H6: takes blanks alone for a password, and an empty variable for none", async () => {
  const user = { method: "userpass", username: "app" } as const;
  expect(await bodyOf(user, { VAULT_PASSWORD: "  " })).toEqual({ password: "  " });
  expect(await bodyOf({ ...user, passwordFile: await home.keep("password", "  \n") }, {})).toEqual({ password: "  " });
  await refused(open({ VAULT_ADDR: server.vault.url, VAULT_PASSWORD: "" }, { auth: user }), "unauthenticated");
});

it("H6: sends role and secret ids exactly as they are given", async () => {
  const [role, secret] = [" role ", `${CANARY} secret `];
  const expected = { role_id: role, secret_id: secret };
  expect(await bodyOf({ method: "approle" }, { VAULT_ROLE_ID: role, VAULT_SECRET_ID: secret })).toEqual(expected);
  const secretIdFile = await home.keep("secret-id", `${secret}\n`);
  expect(await bodyOf({ method: "approle", roleId: role, secretIdFile }, {})).toEqual(expected);
});

it("H6: takes a token and a JSON Web Token without the blanks around them, which none has", async () => {
  const token = server.vault.credentials["app"]?.token ?? "";
  const { session } = await open({ VAULT_ADDR: server.vault.url, VAULT_TOKEN: ` ${token}\n` });
  await session.close?.();
  const jwtFile = await home.keep("jwt", ` ${CANARY}jwt \n`);
  expect(await bodyOf({ method: "jwt", jwtFile }, {})).toEqual({ jwt: `${CANARY}jwt` });
});

it("H5: signs in as an AppRole that has no secret ids", async () => {
  server.vault.unbindSecretId("audit");
  const auth = { method: "approle", roleId: "role-of-audit" } as const;
  const { session, read } = await open({ VAULT_ADDR: server.vault.url }, { auth });
  await expect(read("secret/audit/report")).resolves.toMatchObject({ version: "1" });
  await session.close?.();
});

it("H5: asks for the secret id of a role that has some, and says so where nobody is", async () => {
  const auth = { method: "approle", roleId: "role-of-app" } as const;
  const env = { VAULT_ADDR: server.vault.url };
  const error = await refused(open(env, { auth }), "unauthenticated");
  expect(error).toMatchObject({ message: "There is no secret id for the AppRole." });
  const secretId = server.vault.credentials["app"]?.approle.secretId ?? "";
  const session = await hashicorp({ auth }).open(context(env, { prompter: typing(secretId) }));
  await expect(session.read(at("secret/app/api"), context(env))).resolves.toMatchObject({ version: "1" });
  await session.close?.();
  await refused(open(env, { auth: { ...auth, roleId: "role-of-nobody" } }), "unauthenticated");
});

it.each<[string, AuthOptions, Record<string, string>]>([
  ["VAULT_PASSWORD", { method: "userpass", username: "app" }, { VAULT_PASSWORD: `${CANARY}password` }],
  ["VAULT_SECRET_ID", { method: "approle", roleId: "role-of-app" }, { BAO_SECRET_ID: `${CANARY}secret-id` }],
  ["VAULT_ID_TOKEN", { method: "jwt" }, { VAULT_ID_TOKEN: `${CANARY}jwt` }],
  ["VAULT_WRAPPED_TOKEN", { method: "wrapped" }, { VAULT_WRAPPED_TOKEN: `${CANARY}wrapping` }],
  ["VAULT_TOKEN", {}, { VAULT_TOKEN: `${CANARY}token` }],
])("H1: sends %s to no other vault than VAULT_ADDR", async (name, auth, env) => {
  const elsewhere = { ...env, VAULT_ADDR: "https://vault.example.test", HOME: home.path };
  const error = await refused(open(elsewhere, { address: server.vault.url, auth }), "unauthenticated");
  const { url } = server.vault;
  expect(error.message).toBe(`${name} is for the vault at VAULT_ADDR, https://vault.example.test; this one is ${url}.`);
  expect(error.details.hint).toBe("unset VAULT_ADDR, or connect with --address https://vault.example.test");
  expect(server.vault.log.writes).toEqual([]);
  expect(server.vault.log.requests.map(({ credential }) => credential).filter((who) => who !== "none")).toEqual([]);
});

it("H1: counts another node of the same cluster as the same vault", async () => {
  const env = { ...server.vault.env, VAULT_ADDR: "http://127.0.0.1:1" };
  const { session } = await open(env, { address: server.vault.url, nodes: ["http://127.0.0.1:1"] });
  expect(session.roles).toContain("app");
  await session.close?.();
});
