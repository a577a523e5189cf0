import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { VaultCredentials } from "@vaultlink/stand-ins";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuthOptions } from "../src/index.ts";
import { authField } from "../src/auth-options.ts";
import { hashicorp } from "../src/index.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, refused, useVault } from "./support.ts";

/* Every way in on the stand-in, which has all of them at once and takes the seed's Kubernetes tokens. */

const server = useVault();
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "vault-methods-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const app = (): VaultCredentials => pick(server.vault.credentials, "app");
const env = (more: Record<string, string> = {}): Record<string, string> => ({
  VAULT_ADDR: server.vault.url,
  HOME: home,
  ...more,
});
async function keep(name: string, text: string): Promise<string> {
  const path = join(home, name);
  await writeFile(path, `${text}\n`);
  return path;
}

/** Signs in, reads, disconnects: the token works, is the right identity's, and is gone afterwards. */
async function expectSignedIn(variables: Record<string, string>, auth: AuthOptions, ours = true): Promise<void> {
  const { session, read } = await open(variables, { auth });
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await refused(read("secret/audit/report"), "denied");
  expect(session.roles).toEqual(["app", "default"]);
  expect(session.revoke !== undefined).toBe(ours);
  await session.revoke?.(context({}));
  if (ours) await refused(read("secret/app/api"), "unauthenticated");
  await session.close?.();
}

const OPTIONS: Readonly<Record<string, () => AuthOptions>> = {
  approle: () => ({ method: "approle", roleId: app().approle.roleId, secretId: app().approle.secretId }),
  "approle at another mount": () => ({ ...app().nestedApprole, method: "approle" }),
  userpass: () => ({ ...app().userpass, method: "userpass" }),
  ldap: () => ({ method: "ldap", username: "app", password: app().userpass.password }),
  jwt: () => ({ ...app().jwt, method: "jwt" }),
};

it.each(Object.keys(OPTIONS))("signs in by %s with what the options hold", async (method) => {
  await expectSignedIn(env(), pick(OPTIONS, method)());
  expect(server.vault.log.count("login.*")).toBe(1);
  expect(server.vault.log.count("POST /v1/auth/*")).toBe(2);
});

const VARIABLES: Readonly<Record<string, readonly [AuthOptions, () => Record<string, string>]>> = {
  userpass: [{ method: "userpass" }, () => ({ VAULT_USERNAME: "app", VAULT_PASSWORD: app().userpass.password })],
  ldap: [{ method: "ldap" }, () => ({ VAULT_LDAP_USERNAME: "app", VAULT_LDAP_PASSWORD: app().userpass.password })],
  jwt: [{ method: "jwt" }, () => ({ VAULT_AUTH_ROLE: "app", VAULT_ID_TOKEN: app().jwt.jwt })],
  wrapped: [{ method: "wrapped" }, () => ({ VAULT_WRAPPED_TOKEN: server.vault.issueWrapped({ policies: ["app"] }) })],
};

it.each(Object.keys(VARIABLES))("signs in by %s with what the variables hold", async (method) => {
  const [auth, variables] = pick(VARIABLES, method);
  await expectSignedIn(env(variables()), auth);
});

it("signs in with what files hold, of which each is absolute or in the home", async () => {
  await keep("password", app().userpass.password);
  const jwtFile = await keep("jwt", app().jwt.jwt);
  await keep("wrapped", server.vault.issueWrapped({ policies: ["app"] }));
  await expectSignedIn(env(), { method: "userpass", username: "app", passwordFile: "~/password" });
  await expectSignedIn(env(), { method: "jwt", role: "app", jwtFile });
  await expectSignedIn(env(), { method: "kubernetes", role: "app", jwtFile });
  await expectSignedIn(env(), { method: "wrapped", wrappedTokenFile: "~/wrapped" });
  for (const name of Object.keys(authField.fields).filter((option) => option.endsWith("File"))) {
    const method = { passwordFile: "ldap", jwtFile: "jwt", wrappedTokenFile: "wrapped", secretIdFile: "approle" }[name];
    const auth = { ...(method && { method }), [name]: "relative/file" } as AuthOptions;
    expect(() => hashicorp({ auth })).toThrow(`Option "auth.${name}" must be an absolute path, or begin with ~/.`);
  }
});

it.each(["userpass", "ldap"] as const)("asks a person for what %s lacks, the password as a secret", async (method) => {
  const asked: boolean[] = [];
  const prompter = {
    ask: async ({ label, secret }: { label: string; secret: boolean }) => {
      asked.push(secret);
      expect(label).toContain(server.vault.url);
      return secret ? app().userpass.password : "app";
    },
    open: () => Promise.reject(new Error("no page is needed")),
    show: () => {},
  };
  const session = await hashicorp({ auth: { method } }).open(context(env(), { prompter }));
  expect(asked).toEqual([false, true]);
  await session.close?.();
});

it.each([
  ["userpass", "export VAULT_USERNAME=…"],
  ["ldap", "export VAULT_LDAP_USERNAME=…"],
  ["jwt", "export VAULT_ID_TOKEN=…"],
  ["wrapped", "export VAULT_WRAPPED_TOKEN=…"],
] as const)("says what %s lacks, and asks the vault nothing", async (method, hint) => {
  const error = await refused(open(env(), { auth: { method } }), "unauthenticated");
  expect(error.details.hint).toBe(hint);
  expect(server.vault.log.count()).toBe(0);
});

it("asks for a role where Kubernetes has none, and for the token where we are not in a pod", async () => {
  const error = await refused(open(env(), { auth: { method: "kubernetes" } }), "invalid_config");
  expect(error.details.hint).toBe("export VAULT_AUTH_ROLE=…");
  const auth = { method: "kubernetes", role: "app", jwtFile: join(home, "nowhere") } as const;
  await refused(open(env(), { auth }), "unauthenticated");
  expect(server.vault.log.count()).toBe(0);
});

const WRONG: Readonly<Record<string, () => AuthOptions>> = {
  userpass: () => ({ method: "userpass", username: "app", password: "vlcanary-wrong" }),
  ldap: () => ({ method: "ldap", username: "app", password: "vlcanary-wrong" }),
  jwt: () => ({ method: "jwt", role: "app", jwt: "vlcanary-wrong" }),
  wrapped: () => ({ method: "wrapped", wrappedToken: "vlcanary-wrong" }),
};

it.each(Object.keys(WRONG))("says that %s was refused, once and without what was wrong", async (method) => {
  const error = await refused(open(env(), { auth: pick(WRONG, method)() }), "unauthenticated");
  expect(error.details.hint).toMatch(/^export VAULT_/);
  expect(server.vault.log.count()).toBe(1);
});

it.each(["..", ".", "a/b", "a\u0000b"])(
  "does not put a user name into a path that would lead elsewhere",
  async (name) => {
    const auth: AuthOptions = { method: "userpass", username: name, password: "vlcanary-password" };
    await refused(open(env(), { auth }), "unauthenticated");
    expect(server.vault.log.count()).toBe(0);
  },
);

it("refuses options of another method by name", () => {
  const auth = { method: "jwt", password: "vlcanary-stray" } as AuthOptions;
  expect(() => hashicorp({ auth })).toThrow('Option "auth.password" is not for the method "jwt".');
  expect(() => hashicorp({ auth: { method: "wrapped", mount: "x" } })).toThrow('"auth.mount" is not for');
});

it("opens a wrapping once, and says so the second time", async () => {
  const wrappedToken = server.vault.issueWrapped({ policies: ["app"] });
  await expectSignedIn(env(), { method: "wrapped", wrappedToken });
  const error = await refused(open(env(), { auth: { method: "wrapped", wrappedToken } }), "unauthenticated");
  expect(error.message).toContain("used already");
});

it("shows a certificate over https only", async () => {
  await refused(open(env(), { auth: { method: "cert" } }), "invalid_config");
  const address = { VAULT_ADDR: "https://127.0.0.1:1" };
  const error = await refused(open(address, { auth: { method: "cert" } }), "unauthenticated");
  expect(error.details.hint).toBe("export VAULT_CLIENT_CERT=… VAULT_CLIENT_KEY=…");
});

it("takes the token that the person's token helper keeps", async () => {
  const helper = await keep("helper", `#!/bin/sh\n[ "$1" = get ] && printf '%s' "$(cat "$HOME/kept")"`);
  await chmod(helper, 0o700);
  await keep("kept", app().token);
  await keep(".vault", `# token_helper = "/nowhere"\ntoken_helper = "${helper}"`);
  await keep(".vault-token", "vlcanary-of-the-file");
  await expectSignedIn(env(), {}, false);
  const settings = await keep("settings.json", `{ "token_helper": "${helper}" }`);
  await keep(".vault", "");
  await expectSignedIn(env({ VAULT_CONFIG_PATH: settings }), {}, false);
});

it("does without a helper's token where it has none, and says where the helper fails", async () => {
  const helper = await keep("helper", "#!/bin/sh\nexit 0");
  await chmod(helper, 0o700);
  await keep(".vault", `token_helper = "${helper}"`);
  await keep(".vault-token", app().token);
  await expectSignedIn(env(), {}, false);
  await keep("helper", "#!/bin/sh\necho vlcanary-said-in-vain >&2\nexit 3");
  expect((await refused(open(env()), "unauthenticated")).message).toBe("The token helper failed.");
  await keep(".vault", 'token_helper = "helper"');
  expect((await refused(open(env()), "unauthenticated")).message).toContain("no absolute path");
  await keep(".vault", "");
});
