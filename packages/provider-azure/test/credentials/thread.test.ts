import { AZURE_SEED } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { context, locator, refused, useAzure, withSession } from "../support.ts";
import { bare, clientIdOf, identityOf, toolsOf, whoReads } from "./fixture.ts";

const server = useAzure();
const nobody = () => bare({ env: server.azure.env, tenant: false });
const HOUR = 3_600_000;

describe("az", () => {
  it("is started once for all vaults and all reads", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const { url, vaults } = server.azure;
    const options = { vaults: [url, vaults["shared"] ?? ""], auth: { method: "cli" } } as const;
    await withSession(options, { env: { ...nobody(), PATH: tools.path } }, async (session) => {
      expect(session.identity).toBe(identityOf("person"));
      const shared = new URL(vaults["shared"] ?? "").host;
      const paths = ["api-key", "db", `${shared}/token`, "number"];
      await Promise.all(paths.map((path) => session.read(locator(path), context())));
    });
    expect(await tools.azStarts()).toEqual([
      `account get-access-token --output json --resource https://vault.azure.net --tenant ${AZURE_SEED.tenant}`,
    ]);
  });

  it("takes a tenant and a subscription, and sees no secret of the caller's", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const auth = { method: "cli", subscription: "dev" } as const;
    await whoReads({ auth }, { env: { ...server.azure.env, PATH: tools.path } });
    const [start = ""] = await tools.azStarts();
    expect(start).toContain("--subscription dev");
    await tools.azShows("AZURE_CLIENT_SECRET", "AZURE_CLIENT_ID");
    await refused(whoReads({ auth }, { env: { ...server.azure.env, PATH: tools.path } }));
    expect((await tools.azStarts()).at(-1)).toBe(`shown [] [${clientIdOf("app")}]`);
  });

  it("signed in as somebody else is noticed at the next token", async () => {
    const tools = await toolsOf(server.azure);
    // About to end, so that the next read asks again.
    await tools.azGives(server.azure.issue("person"), Date.now() + 60_000);
    const env = { ...nobody(), PATH: tools.path };
    await withSession({ auth: { method: "cli" } }, { env }, async (session) => {
      await tools.azGives(server.azure.issue("app"), Date.now() + HOUR);
      const error = await refused(session.read(locator("api-key"), context()));
      expect([error.code, error.message]).toEqual(["unauthenticated", "Somebody else has signed in to Azure since."]);
    });
    expect(await whoReads({ auth: { method: "cli" } }, { env })).toBe(identityOf("app"));
  });
});

describe("the default chain", () => {
  it("finds the sign-in of az where nothing else is", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const env = { ...nobody(), PATH: tools.path };
    expect(await whoReads({ auth: { chain: "dev" } }, { env })).toBe(identityOf("person"));
    expect(await whoReads({}, { env: { ...env, AZURE_TOKEN_CREDENTIALS: "AzureCliCredential" } })).toBe(
      identityOf("person"),
    );
  });

  it("goes on to az where this is no machine of Azure's", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const env = { ...nobody(), PATH: tools.path, AZURE_POD_IDENTITY_AUTHORITY_HOST: "http://127.0.0.1:9" };
    expect(await whoReads({}, { env })).toBe(identityOf("person"));
  });

  it("narrowed to machines finds their identity, and no other", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const env = { ...nobody(), PATH: tools.path, IDENTITY_ENDPOINT: `${server.azure.machine}/msi/token` };
    const machine = { ...env, IDENTITY_HEADER: AZURE_SEED.machineHeader, AZURE_TOKEN_CREDENTIALS: "prod" };
    expect(await whoReads({}, { env: machine })).toBe(identityOf("system"));
    expect(await tools.azStarts()).toEqual([]);
  });

  it("is left aside where the environment holds an application, even a wrong one", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azGives(server.azure.issue("person"), Date.now() + HOUR);
    const env = { ...server.azure.env, PATH: tools.path, AZURE_CLIENT_SECRET: "vlcanary-wrong" };
    expect((await refused(whoReads({}, { env }))).message).toBe("The client secret is wrong.");
    expect(await tools.azStarts()).toEqual([]);
  });

  it("tells a throttled Entra from one that refuses", async () => {
    const tools = await toolsOf(server.azure);
    await tools.azFails("ERROR: Please run 'az login'");
    server.azure.fault({ on: "entra.token", kind: "throttle" });
    const env = { ...server.azure.env, PATH: tools.path };
    expect((await refused(whoReads({ auth: { method: "default" } }, { env }))).code).toBe("throttled");
  });
});

describe("a managed identity", () => {
  const appService = () => ({
    ...nobody(),
    IDENTITY_ENDPOINT: `${server.azure.machine}/msi/token`,
    IDENTITY_HEADER: AZURE_SEED.machineHeader,
  });
  const { resourceId = "", objectId = "" } = AZURE_SEED.machines["assigned"] ?? {};

  it("is the machine's own", async () => {
    expect(await whoReads({ auth: { method: "managed-identity" } }, { env: appService() })).toBe(identityOf("system"));
    expect(server.azure.log.count("machine.app-service")).toBe(1);
  });

  it.each([
    ["client id", { clientId: clientIdOf("assigned") }],
    ["object id", { objectId }],
    ["resource id", { resourceId }],
  ])("is one assigned to it, by %s", async (_, ids) => {
    const auth = { method: "managed-identity", ...ids } as const;
    expect(await whoReads({ auth }, { env: appService() })).toBe(identityOf("assigned"));
  });

  it("of a virtual machine is asked of its metadata service", async () => {
    const env = { ...nobody(), AZURE_POD_IDENTITY_AUTHORITY_HOST: server.azure.machine };
    expect(await whoReads({ auth: { method: "managed-identity" } }, { env })).toBe(identityOf("system"));
    expect(server.azure.log.count("machine.imds")).toBe(1);
  });
});

describe("a pipeline", () => {
  const env = () => ({
    ...bare({ env: server.azure.env }),
    SYSTEM_OIDCREQUESTURI: `${server.azure.pipeline}/oidc`,
    SYSTEM_ACCESSTOKEN: AZURE_SEED.pipelineToken,
    AZURE_CLIENT_ID: clientIdOf("single"),
  });

  it("signs in by its service connection", async () => {
    const auth = { method: "pipelines", serviceConnectionId: "connection" } as const;
    expect(await whoReads({ auth }, { env: env() })).toBe(identityOf("single"));
    // The SDK asks the pipeline twice for one sign-in.
    expect(server.azure.log.counts).toMatchObject({ "machine.pipeline": 2, "entra.token": 1 });
  });

  it("without a service connection, or outside of a pipeline, says so", async () => {
    const auth = { method: "pipelines", serviceConnectionId: "connection" } as const;
    const { SYSTEM_OIDCREQUESTURI: _, ...outside } = env();
    expect((await refused(whoReads({ auth }, { env: outside }))).code).toBe("unauthenticated");
    expect((await refused(whoReads({ auth: { method: "pipelines" } }, { env: env() }))).code).toBe("unauthenticated");
  });
});
