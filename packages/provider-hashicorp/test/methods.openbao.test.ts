import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuthOptions, HashicorpOptions } from "../src/index.ts";
import { type Bao, NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { startReviewer } from "./reviewer.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, refused } from "./support.ts";

/* Every way in that OpenBao 2.7.1 has; for LDAP see the tests on 2.6. */

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "vault-methods-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** As a cluster writes it. Its signature is the reviewer's business, which here compares the whole. */
function serviceAccountToken(account: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "https://kubernetes.default.svc",
    iat: now,
    nbf: now,
    exp: now + 3600,
    aud: ["vault"],
    sub: `system:serviceaccount:default:${account}`,
    "kubernetes.io": { namespace: "default", serviceaccount: { name: account, uid: "uid-of-account" } },
  };
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.vlcanary-${account}`;
}

/** Signs in, reads, disconnects: the token works, is the right identity's, and is gone afterwards. */
async function expectSignedIn(bao: Bao, auth: AuthOptions, more: HashicorpOptions = {}): Promise<void> {
  const { session, read } = await open({ VAULT_ADDR: bao.url }, { auth, ...more });
  await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
  await refused(read("secret/audit/report"), "denied");
  expect(session.roles).toEqual(["app", "default"]);
  expect(session.expiresAt).toBeGreaterThan(Date.now());
  await session.revoke?.(context({}));
  await refused(read("secret/app/api"), "unauthenticated");
  await session.close?.();
}

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();

  it("signs in by userpass", async () => {
    await expectSignedIn(bao(), { ...pick(bao().credentials, "app").userpass, method: "userpass" });
  });

  it("signs in by JWT, and with the mount's own default role", async () => {
    const { jwt, role } = pick(bao().credentials, "app").jwt;
    await expectSignedIn(bao(), { method: "jwt", role, jwt });
    await bao().admin("POST", "auth/jwt/config", {
      ...(await bao().admin("GET", "auth/jwt/config")).data,
      default_role: role,
    });
    await expectSignedIn(bao(), { method: "jwt", jwt });
    await refused(expectSignedIn(bao(), { method: "jwt", role, jwt: "vlcanary-wrong" }), "unauthenticated");
  });

  it("signs in as a Kubernetes service account, which a reviewer vouches for", async () => {
    const jwt = serviceAccountToken("app");
    const reviewer = await startReviewer(jwt, "app");
    try {
      await bao().admin("POST", "sys/auth/cluster/one", { type: "kubernetes" });
      await bao().admin("POST", "auth/cluster/one/config", {
        kubernetes_host: reviewer.url,
        // It insists on one, though the reviewer speaks plain HTTP.
        kubernetes_ca_cert: rootCertificates[0],
        disable_local_ca_jwt: true,
        token_reviewer_jwt: jwt,
      });
      await bao().admin("POST", "auth/cluster/one/role/app", {
        bound_service_account_names: ["app"],
        bound_service_account_namespaces: ["default"],
        alias_name_source: "serviceaccount_name",
        token_policies: ["app"],
      });
      const jwtFile = join(home, "service-account");
      await writeFile(jwtFile, jwt);
      await expectSignedIn(bao(), { method: "kubernetes", mount: "cluster/one", role: "app", jwtFile });
      await writeFile(jwtFile, serviceAccountToken("audit"));
      const auth: AuthOptions = { method: "kubernetes", mount: "cluster/one", role: "app", jwtFile };
      await refused(open({ VAULT_ADDR: bao().url }, { auth }), "unauthenticated");
    } finally {
      await reviewer.stop();
    }
  });

  it("opens a wrapping that hides a token, once", async () => {
    const wrapped = await bao().admin(
      "POST",
      "auth/token/create",
      { policies: ["app"] },
      { "x-vault-wrap-ttl": "60s" },
    );
    const wrappedToken = wrapped.wrap_info?.token ?? "";
    await expectSignedIn(bao(), { method: "wrapped", wrappedToken });
    const again = open({ VAULT_ADDR: bao().url }, { auth: { method: "wrapped", wrappedToken } });
    expect((await refused(again, "unauthenticated")).message).toContain("used already");
  });

  it("opens a wrapping that hides the secret id of an AppRole", async () => {
    const path = "auth/approle/role/app/secret-id";
    const wrapped = await bao().admin("POST", path, {}, { "x-vault-wrap-ttl": "60s" });
    const { roleId } = pick(bao().credentials, "app").approle;
    const secretId = wrapped.wrap_info?.token ?? "";
    await expectSignedIn(bao(), { method: "approle", roleId, secretId, secretIdWrapped: true });
    const plain = await bao().admin("POST", "auth/token/create", { policies: ["app"] }, { "x-vault-wrap-ttl": "60s" });
    const auth = { method: "approle", roleId, secretId: plain.wrap_info?.token ?? "", secretIdWrapped: true } as const;
    const error = await refused(open({ VAULT_ADDR: bao().url }, { auth }), "unauthenticated");
    expect(error.message).toBe("The wrapping hides something else than a secret id.");
  });
});

describe.skipIf(NO_OPENBAO)(`on OpenBao over TLS${WHY}`, () => {
  const bao = useOpenBao({ tls: true });

  it("signs in with the certificate of the line, at a mount of any name", async () => {
    const { ca = "", cert = "", key = "" } = bao().files ?? {};
    await bao().admin("POST", "sys/auth/machines", { type: "cert" });
    const certificate = readFileSync(ca, "utf8");
    await bao().admin("POST", "auth/machines/certs/app", { certificate, token_policies: ["app"] });
    const line = { caFile: ca, clientCertFile: cert, clientKeyFile: key };
    await expectSignedIn(bao(), { method: "cert", mount: "machines", role: "app" }, line);
    await expectSignedIn(bao(), { method: "cert", mount: "machines" }, line);
    const auth = { method: "cert", mount: "machines", role: "other" } as const;
    await refused(open({ VAULT_ADDR: bao().url }, { auth, ...line }), "unauthenticated");
  });
});
