import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import tls from "node:tls";
import { toSecretError } from "../../src/errors/secret-error.ts";
import { findProxy, secureAgentOptions, trustedCertificates } from "../../src/provider.ts";
import { type Chain, makeChain } from "./authority.ts";
import { outcome, type Row } from "./row.ts";

let made: Chain | undefined;
const chain = (): Chain => (made ??= makeChain());

/** What a provider's agent makes of the server, which sends its own certificate and, if told so, the one above it. */
async function reach(
  ca: string | undefined,
  { whole = false, host }: { readonly whole?: boolean; readonly host?: string } = {},
): Promise<string> {
  const { server: own, intermediate } = chain();
  const server = createServer(
    { key: own.key, cert: whole ? own.cert + intermediate.cert : own.cert },
    (_asked, answer) => answer.end("reached"),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const trusted = await trustedCertificates({}, ca);
  const agent = new Agent(secureAgentOptions({ ca: trusted }));
  try {
    const asked = request(`https://127.0.0.1:${port}/`, {
      agent,
      ...(host !== undefined && { servername: host }),
    }).end();
    await once(asked, "response");
    return "reached";
  } catch (error) {
    return toSecretError(error).message;
  } finally {
    agent.destroy();
    server.close();
  }
}

/** Runs something while a variable of this process is set. */
async function during<Value>(name: string, value: string, act: () => Value): Promise<Awaited<Value>> {
  const before = process.env[name];
  process.env[name] = value;
  try {
    return await act();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

/** Whom `NODE_EXTRA_CA_CERTS` adds itself to, while this Node trusts the root of the chain and nobody else. */
async function besidesUsual(env: Readonly<Record<string, string>>): Promise<readonly string[] | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "vaultlink-extra-"));
  const usual = tls.getCACertificates("default");
  tls.setDefaultCACertificates([chain().root.cert]);
  try {
    const file = join(folder, "extra.pem");
    writeFileSync(file, chain().intermediate.cert);
    return (await trustedCertificates({ NODE_EXTRA_CA_CERTS: file, ...env }, undefined))?.map((pem) => pem.trim());
  } finally {
    tls.setDefaultCACertificates(usual);
    rmSync(folder, { recursive: true });
  }
}

const UNTRUSTED = "The vault's certificate is not trusted.";
const WRONG_HOST = "The vault's certificate is for another host name.";
const EXPIRED = "The vault's certificate has expired, or is not valid yet.";
const NO_TLS = "The vault's address does not speak TLS, or refuses ours.";

const trusts = (what: string, act: () => unknown, right: unknown): Row => ({ kind: "C11", what, act, right });

const says = (right: string, ...codes: readonly string[]): readonly Row[] =>
  codes.map((code) => ({
    kind: "H7",
    what: code,
    act: () => {
      const error = toSecretError(Object.assign(new Error("vlcanary"), { code }));
      return [error.code, error.message, error.details.native?.code];
    },
    right: ["unavailable", right, code],
  }));

/** Node before 22.19 cannot be told whom to trust, so there is nothing to see there. */
const USUAL: readonly Row[] =
  typeof tls.setDefaultCACertificates !== "function"
    ? []
    : [
        {
          kind: "C10",
          what: "extra certificates stand beside those that this Node trusts, not beside its own list",
          act: () => besidesUsual({}),
          right: [chain().root.cert.trim(), chain().intermediate.cert.trim()],
        },
        {
          kind: "C10",
          what: "NODE_USE_SYSTEM_CA of the caller adds the system's",
          act: async () => {
            const found = new Set(await besidesUsual({ NODE_USE_SYSTEM_CA: "1" }));
            return tls.getCACertificates("system").every((pem) => found.has(pem.trim()));
          },
          right: true,
        },
      ];

export const CERTIFICATES: readonly Row[] = [
  trusts("the root above the server", () => reach(chain().root.cert, { whole: true }), "reached"),
  trusts("the root, of which the server sends no path", () => reach(chain().root.cert), UNTRUSTED),
  trusts("the intermediate alone", () => reach(chain().intermediate.cert), "reached"),
  trusts("the server's own certificate alone", () => reach(chain().server.cert), "reached"),
  trusts("nobody of its chain", () => reach(undefined), UNTRUSTED),
  ...USUAL,
  {
    kind: "R17",
    what: "NODE_TLS_REJECT_UNAUTHORIZED=0 and an unknown authority",
    act: () => during("NODE_TLS_REJECT_UNAUTHORIZED", "0", () => reach(undefined)),
    right: UNTRUSTED,
  },
  {
    kind: "R17",
    what: "NODE_TLS_REJECT_UNAUTHORIZED=0 and a proxy that is spoken to in https",
    act: () =>
      during("NODE_TLS_REJECT_UNAUTHORIZED", "0", () =>
        outcome(() => findProxy({ HTTPS_PROXY: "https://me:vlcanary@proxy.test" })),
      ),
    right: "invalid_config: NODE_TLS_REJECT_UNAUTHORIZED=0 would let anybody be the proxy of HTTPS_PROXY; unset it.",
  },
  {
    kind: "H7",
    what: "a certificate for another host",
    act: () => reach(chain().root.cert, { whole: true, host: "vault.test" }),
    right: WRONG_HOST,
  },
  ...says(WRONG_HOST, "ERR_TLS_CERT_ALTNAME_INVALID", "HOSTNAME_MISMATCH"),
  ...says(EXPIRED, "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"),
  ...says(UNTRUSTED, "SELF_SIGNED_CERT_IN_CHAIN", "DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
  ...says(UNTRUSTED, "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED", "CERT_REVOKED", "CRL_HAS_EXPIRED"),
  ...says(NO_TLS, "EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER"),
  ...says("The proxy does not let us through to the vault.", "ERR_PROXY_TUNNEL"),
];
