import { AZURE_SEED } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { secretOf } from "../seeded.ts";
import { refused, typing, useAzure } from "../support.ts";
import { bare, clientIdOf, identityOf, toolsOf, whoReads } from "./fixture.ts";

const server = useAzure();
const nobody = () => bare({ env: server.azure.env });

describe("an application", () => {
  it("signs in with what the environment holds, or the options, or a person types", async () => {
    expect(await whoReads({}, { env: server.azure.env })).toBe(identityOf("app"));
    const auth = { clientId: clientIdOf("audit"), clientSecret: secretOf("audit") };
    expect(await whoReads({ auth }, { env: server.azure.env }, "audit-report")).toBe(identityOf("audit"));
    const prompter = typing(secretOf("app"));
    const typed = { auth: { method: "client-secret", clientId: clientIdOf("app") } } as const;
    expect(await whoReads(typed, { env: nobody(), prompter })).toBe(identityOf("app"));
    expect(prompter.asked).toEqual(["Client secret (hidden)"]);
  });

  it("needs no tenant where the vault says which", async () => {
    const { AZURE_TENANT_ID: _, ...env } = server.azure.env;
    expect(await whoReads({}, { env })).toBe(identityOf("app"));
    expect(server.azure.log.requests.filter(({ route }) => route === "entra.token").map(({ path }) => path)).toEqual([
      `/${AZURE_SEED.tenant}/oauth2/v2.0/token`,
    ]);
  });

  it.each([
    ["an option", true],
    ["the environment", false],
  ])("signs in with a certificate named by %s", async (_, option) => {
    const tools = await toolsOf(server.azure);
    const { cert, key } = server.azure.certify("app");
    const file = await tools.file("app.pem", `${cert}${key}`);
    const env = {
      ...nobody(),
      AZURE_CLIENT_ID: clientIdOf("app"),
      ...(!option && { AZURE_CLIENT_CERTIFICATE_PATH: file }),
    };
    expect(await whoReads(option ? { auth: { certificateFile: file } } : {}, { env })).toBe(identityOf("app"));
  });

  it("is refused with a certificate that is not registered", async () => {
    const tools = await toolsOf(server.azure);
    const { cert, key } = server.azure.certify("audit");
    const certificateFile = await tools.file("audit.pem", `${cert}${key}`);
    const error = await refused(whoReads({ auth: { certificateFile } }, { env: server.azure.env }));
    expect([error.code, error.details.native?.code]).toEqual(["unauthenticated", "AADSTS700027"]);
  });

  it("signs in with an assertion, from a function or a file that is read each time", async () => {
    const clientId = clientIdOf("app");
    const assertion = () => Promise.resolve(server.azure.platformToken("app"));
    expect(await whoReads({ auth: { clientId, assertion } }, { env: nobody() })).toBe(identityOf("app"));
    const tools = await toolsOf(server.azure);
    const tokenFile = await tools.file("assertion", `${server.azure.platformToken("app")}\n`);
    const auth = { method: "client-assertion", clientId, tokenFile } as const;
    expect(await whoReads({ auth }, { env: nobody() })).toBe(identityOf("app"));
  });

  it("is a workload where its platform keeps a token for it", async () => {
    const tools = await toolsOf(server.azure);
    const AZURE_FEDERATED_TOKEN_FILE = await tools.file("federated", server.azure.platformToken("app"));
    const env = { ...nobody(), AZURE_CLIENT_ID: clientIdOf("app"), AZURE_FEDERATED_TOKEN_FILE };
    expect(await whoReads({}, { env })).toBe(identityOf("app"));
    expect(await whoReads({ auth: { method: "workload-identity" } }, { env })).toBe(identityOf("app"));
  });
});

describe("a tenant", () => {
  it("other than the configured one is signed in to where that is allowed, for its own vaults", async () => {
    server.azure.set({ challengeTenant: AZURE_SEED.otherTenant });
    try {
      const error = await refused(whoReads({ auth: { additionalTenants: ["*"] } }, { env: server.azure.env }));
      // Signed in there, and refused by a vault that is not of there.
      expect([error.code, error.details.native?.status]).toEqual(["unauthenticated", 401]);
      expect(server.azure.log.requests.find(({ route }) => route === "entra.token")?.path).toContain(
        AZURE_SEED.otherTenant,
      );
    } finally {
      server.azure.set({ challengeTenant: undefined });
    }
  });
});

describe("three answers for three troubles of one sign-in", () => {
  it.each([
    ["a wrong secret", { auth: { clientSecret: "vlcanary-wrong" } }, undefined, "unauthenticated"],
    ["a token endpoint that is throttled", {}, { on: "entra.token", kind: "throttle" }, "throttled"],
    ["a token endpoint that is dead", {}, { on: "entra.token", kind: "drop" }, "unavailable"],
  ] as const)("%s", async (_, options, fault, code) => {
    if (fault) server.azure.fault(fault);
    expect((await refused(whoReads(options, { env: server.azure.env }))).code).toBe(code);
  });
});
