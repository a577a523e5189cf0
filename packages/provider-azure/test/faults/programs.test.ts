import { isSecretError } from "@vaultlink/core/provider";
import { findProgram } from "../../src/credentials/thread.ts";
import { azure } from "../../src/index.ts";
import { bare } from "../credentials/fixture.ts";
import { context, useAzure } from "../support.ts";
import { type Fault, SEED, told, withTools } from "./fault.ts";
import { expect, it } from "vitest";

const server = useAzure({ seed: SEED });

const FAULTS: readonly Fault[] = [
  {
    id: "A3",
    when: "az needs what its user has set",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        await tools.azShows("LANG", "REQUESTS_CA_BUNDLE", "AZURE_CLIENT_SECRET");
        const env = { ...stand.env, PATH: tools.path };
        const programEnv = { ...env, LANG: "de", REQUESTS_CA_BUNDLE: "/ca.pem" };
        await told(azure({ auth: { method: "cli" } }).open({ ...context({ env }), programEnv }));
        await told(azure({ auth: { chain: "AzureCliCredential" } }).open({ ...context({ env }), programEnv }));
        return (await tools.azStarts()).filter((line) => line.startsWith("shown"));
      }),
    right: Array.from({ length: 2 }, () => "shown [de] [/ca.pem] []"),
  },
  {
    id: "A3",
    when: "what is meant for programs would change who signs in",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        await tools.azGives(stand.issue("app"), Date.now() + 3_600_000);
        const env = { ...bare({ env: stand.env, tenant: false }), PATH: tools.path };
        const programEnv = { ...env, AZURE_TOKEN_CREDENTIALS: "ManagedIdentityCredential" };
        return told(
          azure({ auth: { method: "default" } })
            .open({ ...context({ env }), programEnv })
            .then((session) => session.close?.()),
        );
      }),
    right: undefined,
  },
  ...[undefined, "file:///nowhere/app/bundle.js"].map((here): Fault => ({
    id: "C16",
    when: `the thread's program is looked for beside ${here ?? "no address at all"}`,
    outcome: () => {
      try {
        return findProgram(here === undefined ? {} : { url: here });
      } catch (thrown) {
        return isSecretError(thrown) && [thrown.code, thrown.details.hint];
      }
    },
    right: ["invalid_config", "keep @vaultlink/provider-azure external in the bundler's options"],
  })),
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
