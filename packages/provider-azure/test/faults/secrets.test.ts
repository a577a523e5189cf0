import { createPrivateKey } from "node:crypto";
import { CANARY } from "@vaultlink/stand-ins";
import { readOne, useAzure } from "../support.ts";
import { type Fault, SEED, told, withTools } from "./fault.ts";
import { expect, it } from "vitest";

const server = useAzure({ seed: SEED });

const FAULTS: readonly Fault[] = [
  {
    id: "H6",
    when: "a client secret ends in blanks",
    outcome: (stand) => told(readOne({}, { env: stand.env })),
    right: "api-key",
  },
  {
    id: "H6",
    when: "a person types a client secret that ends in blanks",
    outcome: (stand) => {
      const { AZURE_CLIENT_SECRET = "", ...env } = stand.env;
      const prompter = { ask: async () => AZURE_CLIENT_SECRET, open: async () => {}, show: () => {} };
      return told(readOne({ auth: { method: "client-secret" } }, { env, prompter }));
    },
    right: "api-key",
  },
  {
    id: "H6",
    when: "a certificate's password has blanks at both ends",
    outcome: (stand) =>
      withTools(stand, async (tools) => {
        const passphrase = `  ${CANARY}password  `;
        const { cert, key } = stand.certify("app");
        const sealed = createPrivateKey(key).export({
          type: "pkcs8",
          format: "pem",
          cipher: "aes-256-cbc",
          passphrase,
        });
        const file = await tools.file("sealed.pem", `${cert}${sealed.toString()}`);
        const { AZURE_CLIENT_SECRET: _, ...env } = stand.env;
        const own = { AZURE_CLIENT_CERTIFICATE_PATH: file, AZURE_CLIENT_CERTIFICATE_PASSWORD: passphrase };
        return told(readOne({}, { env: { ...env, ...own } }));
      }),
    right: "api-key",
  },
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
