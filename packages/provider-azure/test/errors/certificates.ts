import { type Backend, createAuthority, endedYesterday, serve, wallClock } from "@vaultlink/stand-ins";
import type { AzureStandIn } from "@vaultlink/stand-ins";
import type { AzureOptions } from "../../src/index.ts";
import { readOne } from "../support.ts";
import type { Case } from "./case.ts";

const nothing = { status: 404 };
const backend: Backend = {
  describe: () => ({ route: "any", credential: "none", write: false }),
  answer: () => nothing,
  throttled: () => nothing,
  failure: () => nothing,
};

const TROUBLES = [
  { when: "is nobody's we know", names: ["127.0.0.1"], trusted: false, said: "is not trusted." },
  { when: "is for another host", names: ["elsewhere.example"], said: "is for another host name." },
  {
    when: "has expired",
    names: ["127.0.0.1"],
    expired: true,
    said: "has expired, or is not valid yet.",
  },
];

/** How each peer is told where another server is. */
const PEERS: ReadonlyArray<{
  readonly whose: string;
  readonly at: (url: string, azure: AzureStandIn) => { readonly options: AzureOptions; readonly env?: object };
}> = [
  { whose: "The key vault's", at: (url) => ({ options: { vaultUrl: url } }) },
  { whose: "Entra's", at: (url) => ({ options: { authorityHost: url } }) },
  {
    whose: "The platform's",
    at: (url) => ({
      options: { auth: { method: "pipelines", serviceConnectionId: "connection" } },
      env: { SYSTEM_OIDCREQUESTURI: `${url}/oidc`, SYSTEM_ACCESSTOKEN: "vlcanary-token" },
    }),
  },
];

/** A peer whose certificate is signed by somebody trusted, and is wrong in another way. */
export const CERTIFICATE_CASES: readonly Case[] = PEERS.flatMap(({ whose, at }) =>
  TROUBLES.map(({ when, names, expired = false, trusted = true, said }): Case => ({
    when: `${whose} certificate ${when}`,
    cause: async (azure) => {
      const authority = createAuthority();
      const server = await serve(backend, wallClock(), {
        tls: authority.issue(names, expired ? endedYesterday() : undefined),
      });
      try {
        const { options, env = {} } = at(server.url, azure);
        return await readOne(
          { ...options, ca: `${azure.ca}${trusted ? authority.ca : ""}` },
          { env: { ...azure.env, ...env } },
        );
      } finally {
        await server.stop();
      }
    },
    code: "unavailable",
    message: `${whose} certificate ${said}`,
    ...(!trusted && { hint: "export NODE_EXTRA_CA_CERTS=/path/to/ca.pem" }),
  })),
);
