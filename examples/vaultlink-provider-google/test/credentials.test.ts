import type { Provider } from "@vaultlink/core";
import type { Session } from "@vaultlink/core/provider";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { google } from "../src/index.ts";
import { credentialFiles, keyFile } from "./files.ts";
import { account } from "./people.ts";
import { REFRESH_TOKEN, startVault } from "./vault.ts";

const app = account("app");
const standIn = await startVault([app]);
const { vault, url } = standIn;
const files = await credentialFiles();
vault.allow(app.token, { name: "app" });
vault.allow(REFRESH_TOKEN, { name: "mary" });
vault.put("app-db", "vlcanary-value");
afterAll(async () => void (await Promise.all([standIn.stop(), files.remove()])));

const DB = { path: "app-db", query: {} };
const { signal } = new AbortController();
const opened: Session[] = [];
afterEach(async () => {
  for (const session of opened.splice(0)) await session.close?.();
});

async function open(provider: Provider, env: Readonly<Record<string, string>> = {}): Promise<Session> {
  const session = await provider.open({ env, signal });
  opened.push(session);
  return session;
}

async function valueOf(session: Session): Promise<unknown> {
  return (await session.read(DB, { env: {}, signal })).value;
}

describe("application default credentials", () => {
  it("are the file that the variable names", async () => {
    const path = await files.write("key", keyFile(app, url));
    const session = await open(google({ url }), { GOOGLE_APPLICATION_CREDENTIALS: path });
    expect(session.identity).toBe(app.email);
    expect(await valueOf(session)).toBe("vlcanary-value");
  });

  it("are else the person's that gcloud keeps, whose name comes with the token", async () => {
    await files.write("application_default_credentials", {
      type: "authorized_user",
      client_id: "gcloud",
      client_secret: "vlcanary-client",
      refresh_token: REFRESH_TOKEN,
      quota_project_id: "shop",
      token_uri: `${url}/token`,
    });
    const session = await open(google({ url }), { CLOUDSDK_CONFIG: files.folder });
    expect(session.identity).toBe("mary@example.com");
    expect(await valueOf(session)).toBe("vlcanary-value");
  });

  it("are else the machine's", async () => {
    const session = await open(google({ url }), { CLOUDSDK_CONFIG: "/none", GCE_METADATA_HOST: new URL(url).host });
    expect(session.identity).toBe(app.email);
    expect(await valueOf(session)).toBe("vlcanary-value");
  });

  it("count the requests of the sign-in", async () => {
    const before = standIn.requests();
    const session = await open(google({ url }), { CLOUDSDK_CONFIG: "/none", GCE_METADATA_HOST: new URL(url).host });
    await valueOf(session);
    expect(session.requests?.()).toBe(standIn.requests() - before);
  });
});

describe("credentials that cannot be used", () => {
  const withFile = async (content: object): Promise<Provider> =>
    google({ url, credentials: await files.write(`odd-${Math.random()}`, content) });

  it.each([
    ["of a kind that is not taken", { type: "external_account" }, "kind"],
    ["without a key", { type: "service_account", client_email: app.email }, "lacks"],
    ["with a key that is none", { ...keyFile(app, url), private_key: "vlcanary-no-key" }, "private key"],
  ])("%s are a fault of the configuration", async (_, content, said) => {
    await expect(open(await withFile(content))).rejects.toMatchObject({
      code: "invalid_config",
      message: expect.stringContaining(said) as string,
    });
  });

  it("are refused where the path is not absolute", async () => {
    await expect(open(google({ url, credentials: "key.json" }))).rejects.toMatchObject({ code: "invalid_config" });
  });

  it("of an account that Google does not know are `unauthenticated`", async () => {
    const stranger = await withFile(keyFile(account("stranger"), url));
    await expect(open(stranger)).rejects.toMatchObject({
      code: "unauthenticated",
      details: { hint: "gcloud auth application-default login" },
    });
  });

  it("are not asked for at a host that is no metadata server", async () => {
    const env = { CLOUDSDK_CONFIG: "/none", GCE_METADATA_HOST: "vault.example" };
    await expect(open(google({ url }), env)).rejects.toMatchObject({ code: "invalid_config" });
  });
});

it("says which project is missing before it asks", async () => {
  const path = await files.write("no-project", { ...keyFile(app, url), project_id: undefined });
  const session = await open(google({ url, credentials: path }));
  await expect(session.read(DB, { env: {}, signal })).rejects.toMatchObject({ code: "invalid_config" });
});
