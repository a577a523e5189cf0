import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { AZURE_SEED, type AzureStandIn } from "@vaultlink/stand-ins";
import { azure } from "../../src/index.ts";
import { bare } from "../credentials/fixture.ts";
import { context, locator, readOne, useAzure, withSession } from "../support.ts";
import { type Fault, SEED, told } from "./fault.ts";
import { expect, it, vi } from "vitest";

const server = useAzure({ seed: SEED });

const list = (stand: AzureStandIn): Promise<readonly string[]> =>
  withSession({}, { env: stand.env }, async (session) => {
    const paths: string[] = [];
    for await (const entry of session.list?.({ prefix: "" }, context()) ?? []) paths.push(entry.locator.path);
    return paths;
  });

/** A list whose pages say that the next is here. */
const listTo = (next: (stand: AzureStandIn) => string) => async (stand: AzureStandIn) => {
  const fault = stand.fault({
    ...{ on: "secrets.list", kind: "status", status: 200 },
    body: { value: [{ id: `${stand.url}/secrets/api-key`, attributes: {} }], nextLink: next(stand) },
  });
  return [await told(list(stand)), fault.hits];
};

/** A machine whose endpoint is a server that sends for as long as it is listened to; whether it was stopped in time. */
async function endless(
  piece: Buffer,
  headers: Readonly<Record<string, string>>,
  stand: AzureStandIn,
): Promise<unknown> {
  let sent = 0;
  const machine = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    const send = (): void => {
      while (!response.destroyed && sent < 2 ** 28) {
        sent += piece.byteLength;
        if (!response.write(piece)) return void response.once("drain", send);
      }
    };
    send();
  });
  await new Promise<void>((listening) => void machine.listen(0, "127.0.0.1", listening));
  const env = {
    ...bare({ env: stand.env, tenant: false }),
    IDENTITY_ENDPOINT: `http://127.0.0.1:${(machine.address() as AddressInfo).port}/msi/token`,
    IDENTITY_HEADER: AZURE_SEED.machineHeader,
  };
  try {
    const outcome = await told(readOne({ auth: { method: "managed-identity" } }, { env }));
    return [outcome, sent < 2 ** 26 ? "stopped" : "read to the end"];
  } finally {
    machine.closeAllConnections();
    machine.close();
  }
}

const FAULTS: readonly Fault[] = [
  {
    id: "R13",
    when: "the platform's answer never ends",
    outcome: (stand) => endless(Buffer.alloc(65_536, " "), {}, stand),
    right: ["unavailable", "stopped"],
  },
  {
    id: "R13",
    when: "the platform's answer is a gzip bomb",
    outcome: (stand) => endless(gzipSync(Buffer.alloc(2 ** 26, " ")), { "content-encoding": "gzip" }, stand),
    right: ["unavailable", "stopped"],
  },
  ...(["secrets.get", "secrets.challenge", "entra.token", "entra.discovery"] as const).map((on): Fault => ({
    id: "R13",
    when: `a gzip bomb answers at ${on}`,
    outcome: async (stand) => {
      const body = gzipSync(Buffer.alloc(2 ** 26, " "));
      stand.fault({ on, kind: "status", status: 200, body, headers: { "content-encoding": "gzip" } });
      return told(readOne({}, { env: stand.env }));
    },
    // Nobody unpacks what comes before a token: there it is no answer of a key vault's.
    right: on === "secrets.get" ? "unusable" : "unavailable",
  })),
  {
    id: "R17",
    when: "Node is told to take any certificate",
    outcome: (stand) => {
      vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
      const { NODE_EXTRA_CA_CERTS: _, ...env } = stand.env;
      return told(readOne({}, { env })).finally(() => vi.unstubAllEnvs());
    },
    right: "unavailable",
  },
  {
    id: "A7",
    when: "a list leads back to itself",
    outcome: listTo((stand) => `${stand.url}/secrets?api-version=1&$skiptoken=1`),
    right: ["unavailable", 3],
  },
  {
    id: "A7",
    when: "a list leads to another host",
    outcome: async (stand) => {
      const other = new URL(stand.vaults["third"] ?? "").origin;
      return [...(await listTo(() => `${other}/secrets?api-version=1`)(stand)), stand.log.count("secrets.challenge")];
    },
    right: ["unavailable", 1, 1],
  },
  ...["secrets.challenge", "entra.discovery", "entra.token"].flatMap((on) =>
    (["throttle", "drop", "status"] as const).map((kind): Fault => ({
      id: "C3",
      when: `opening meets ${kind} at ${on}, once`,
      outcome: async (stand) => {
        stand.fault({ on, times: 1, ...(kind === "status" ? { kind, status: 503 } : { kind }) });
        const provider = azure();
        const first = await told(provider.open(context({ env: stand.env })));
        const session = await provider.open(context({ env: stand.env }));
        await session.close?.();
        return first;
      },
      right: kind === "throttle" ? "throttled" : "unavailable",
    })),
  ),
  {
    id: "C6",
    when: "a secret is spelled in several ways",
    outcome: (stand) =>
      withSession({}, { env: stand.env }, async (session) => {
        const ways = ["api-key", "API-Key", `${new URL(stand.url).host.toUpperCase()}/Api-Key`];
        const read = await Promise.all(ways.map((path) => session.read(locator(path), context())));
        return [...new Set(read.map(({ id }) => id))].map((id) => id?.replace(stand.url, ""));
      }),
    right: ["/secrets/api-key"],
  },
];

it.each(FAULTS)("$id: $when", async ({ outcome, right }) => {
  expect(await outcome(server.azure)).toEqual(right);
});
