import { mkdir, readFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Context } from "@vaultlink/core/provider";
import { CANARY } from "@vaultlink/stand-ins";
import { expect, it } from "vitest";
import { type AuthOptions, hashicorp, type HashicorpOptions } from "../src/index.ts";
import { useHome } from "./home.ts";
import { context, open, refused, useVault } from "./support.ts";

/* Faults with what comes from the caller's environment: programs, booleans, paths, addresses. */

const server = useVault();
const home = useHome();

const HELPER = [
  "#!/bin/sh",
  'env > "$HOME/environment"',
  '[ "$VAULT_ADDR$BAO_ADDR" = "$OWN$OWN" ] || exit 3',
  'printf "%s\\n" "$KEPT"',
].join("\n");

async function toldTo(options: HashicorpOptions, env: Record<string, string>, programEnv?: Context["programEnv"]) {
  await home.keep(".vault", `token_helper = "${await home.keep("helper", HELPER, 0o700)}"`);
  const token = server.vault.credentials["app"]?.token ?? "";
  const more = { OWN: server.vault.url, KEPT: token, HOME: home.path };
  const lent = context(
    { HOME: home.path, ...env },
    programEnv === undefined ? {} : { programEnv: { ...programEnv, ...more } },
  );
  const session = await hashicorp(options).open(
    programEnv === undefined ? { ...lent, env: { ...lent.env, ...more } } : lent,
  );
  await session.close?.();
  const lines = (await readFile(join(home.path, "environment"), "utf8")).split("\n");
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

it("H1: tells a token helper the connection's address and namespace, whatever the variables say", async () => {
  const foreign = {
    VAULT_ADDR: "https://other.test",
    BAO_ADDR: "https://third.test",
    VAULT_AGENT_ADDR: "https://4.test",
  };
  const there = { ...foreign, VAULT_NAMESPACE: "elsewhere", BAO_NAMESPACE: "nowhere", PATH: process.env["PATH"] ?? "" };
  const told = await toldTo({ address: server.vault.url, namespace: "division" }, there, there);
  expect(told).toMatchObject({ VAULT_ADDR: server.vault.url, VAULT_NAMESPACE: "division", BAO_NAMESPACE: "division" });
  expect(told["VAULT_AGENT_ADDR"]).toBeUndefined();
  const inRoot = await toldTo({ address: server.vault.url, namespace: "root" }, there);
  expect(inRoot).toMatchObject({ VAULT_ADDR: server.vault.url, BAO_ADDR: server.vault.url });
  expect([inRoot["VAULT_NAMESPACE"], inRoot["BAO_NAMESPACE"]]).toEqual([undefined, undefined]);
});

it("H4: hands a token helper the caller's whole environment", async () => {
  await mkdir(join(home.path, "bin"));
  await home.keep("bin/keyring-sh", '#!/bin/sh\nexec /bin/sh "$@"\n', 0o700);
  const programEnv = {
    PATH: [join(home.path, "bin"), process.env["PATH"] ?? ""].join(delimiter),
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/bus",
    SSH_AUTH_SOCK: "/run/agent",
    LANG: "de_DE.UTF-8",
    REQUESTS_CA_BUNDLE: "/etc/ca.pem",
  };
  const { PATH, ...others } = programEnv;
  const told = await toldTo({ address: server.vault.url }, {}, programEnv);
  expect(told).toMatchObject(others);
  expect(told["PATH"]).toContain(PATH);
  // A program that is found by PATH alone.
  const helper = `#!/usr/bin/env keyring-sh\n${HELPER.split("\n").slice(1).join("\n")}`;
  await home.keep(".vault", `token_helper = "${await home.keep("helper", helper, 0o700)}"`);
  const kept = { OWN: server.vault.url, KEPT: server.vault.credentials["app"]?.token ?? "", HOME: home.path };
  const lent = context({ HOME: home.path }, { programEnv: { ...programEnv, ...kept } });
  const session = await hashicorp({ address: server.vault.url }).open(lent);
  await session.close?.();
});

it.each(["f", "F", "false", "False", "FALSE", "0", ""])("H8: reads VAULT_SKIP_VERIFY=%s as false", async (wish) => {
  const overridden = { BAO_SKIP_VERIFY: wish || "0", VAULT_SKIP_VERIFY: "true" };
  for (const env of [{ VAULT_SKIP_VERIFY: wish }, overridden]) {
    const { session } = await open({ ...server.vault.env, ...env });
    expect(session.roles).toContain("app");
    await session.close?.();
  }
});

it.each([
  ["t", "certificates are always checked"],
  ["T", "certificates are always checked"],
  ["1", "certificates are always checked"],
  ["TRUE", "certificates are always checked"],
  ["yes", "neither true nor false"],
  ["no", "neither true nor false"],
  ["tRue", "neither true nor false"],
  [" false", "neither true nor false"],
])("H8: refuses VAULT_SKIP_VERIFY=%s: %s", async (wish, words) => {
  const error = await refused(open({ ...server.vault.env, VAULT_SKIP_VERIFY: wish }), "invalid_config");
  expect(error.message).toContain(words);
  expect(server.vault.log.count()).toBe(0);
});

it.each<[string, Record<string, string>, AuthOptions]>([
  ["HOME", { HOME: "." }, {}],
  ["HOME", { HOME: "home" }, { method: "approle", roleId: "r", secretIdFile: "~/secret-id" }],
  ["VAULT_CONFIG_PATH", { VAULT_CONFIG_PATH: "config/vault.hcl" }, {}],
])("M1: refuses a relative %s, which would make any folder the person's own", async (name, env, auth) => {
  const error = await refused(open({ VAULT_ADDR: server.vault.url, ...env }, { auth }), "invalid_config");
  expect(error.message).toBe(`${name} must be an absolute path.`);
});

it.each(["CACERT", "CAPATH", "CLIENT_CERT", "CLIENT_KEY"])("M1: refuses a relative VAULT_%s", async (name) => {
  const env = { VAULT_ADDR: "https://127.0.0.1:1", VAULT_TOKEN: `${CANARY}token`, [`VAULT_${name}`]: "files/x.pem" };
  const error = await refused(open(env), "invalid_config");
  expect(error.message).toBe(`VAULT_${name} must be an absolute path.`);
});

it("M1: looks for no file in a home that is not set", async () => {
  for (const HOME of [undefined, ""]) await refused(open({ VAULT_ADDR: server.vault.url, HOME }), "unauthenticated");
});

it.each([
  "https://[::ffff:169.254.169.254]",
  "https://[fd00:ec2::254]",
  "https://metadata.google.internal.",
  "https://0xa9fea9fe",
  "https://169.254.43518",
])("R24: refuses %s, where a cloud hands out credentials", async (address) => {
  for (const options of [{ address }, { address: "https://vault.test", nodes: [address] }]) {
    expect(() => hashicorp(options)).toThrow("metadata");
  }
  await refused(open({ VAULT_ADDR: address }), "invalid_config");
  expect(() => hashicorp({ auth: { method: "oidc", clientId: "c", providerUrl: address } })).toThrow("metadata");
});
