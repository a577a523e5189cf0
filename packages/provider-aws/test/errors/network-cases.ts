import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Case, openAndRead, readOne } from "./case.ts";
import { type Certificate, selfSigned } from "@vaultlink/test-support";
import { expiredCertificate } from "../expired-certificate.ts";
import { withSession } from "../support.ts";

/** A session whose Secrets Manager is elsewhere, while STS answers. */
const elsewhere =
  (endpoint: string, more: Readonly<Record<string, string>> = {}): Case["cause"] =>
  ({ vault }) =>
    openAndRead({ endpoint, stsEndpoint: vault.url }, { env: { ...vault.env, ...more } });

/** An endpoint whose certificate is trusted, as far as it goes. */
const trusting =
  ({ cert, key, file }: Certificate): Case["cause"] =>
  (fixture) =>
    serving(createTlsServer({ cert, key }), (url) =>
      elsewhere(url.replace("http:", "https:"), { AWS_CA_BUNDLE: file })(fixture),
    );

/** What happens on the way to AWS: no answer, half of one, or nobody there. */
export const NETWORK_CASES: readonly Case[] = [
  {
    when: "there is no answer in time",
    cause: ({ vault }) =>
      withSession({ requestTimeoutMs: 100 }, { env: vault.env }, (session) => {
        vault.fault({ on: "secretsmanager.*", kind: "hang" });
        return readOne(session);
      }),
    code: "timeout",
    message: "AWS did not answer in time.",
    native: { name: "TimeoutError", code: "ETIMEDOUT" },
  },
  {
    when: "an answer begins and does not end in time",
    cause: ({ vault }) =>
      withSession({ requestTimeoutMs: 100 }, { env: vault.env }, (session) => {
        vault.fault({ on: "secretsmanager.*", kind: "hang", at: "body" });
        return readOne(session);
      }),
    code: "timeout",
    message: "The connection to AWS was not made, or stood still, in time.",
    native: { name: "TimeoutError" },
  },
  {
    when: "nobody knows the host",
    cause: elsewhere("https://secretsmanager.invalid"),
    code: "unavailable",
    message: "The host name of AWS is not known here: check the region and the network.",
  },
  {
    when: "nothing listens",
    cause: elsewhere("http://127.0.0.1:9"),
    code: "unavailable",
    message: "Nothing answers at the AWS endpoint.",
    native: { name: "Error", code: "ECONNREFUSED" },
  },
  {
    when: "the proxy refuses",
    cause: (fixture) =>
      serving(createServer(), async (url) => elsewhere("https://127.0.0.1:9", { HTTPS_PROXY: url })(fixture)),
    code: "unavailable",
    message: "The proxy did not connect us to AWS.",
  },
  {
    when: "the certificate is a stranger's",
    cause: (fixture) => {
      const { cert, key } = selfSigned(fixture.home.path);
      return serving(createTlsServer({ cert, key }), (url) => elsewhere(url.replace("http:", "https:"))(fixture));
    },
    code: "unavailable",
    message: "The certificate of the AWS endpoint is not trusted.",
    hint: "export AWS_CA_BUNDLE=/path/to/ca.pem",
    native: { name: "Error", code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  },
  {
    when: "the certificate is for another host",
    cause: (fixture) => trusting(selfSigned(fixture.home.path, "127.0.0.2"))(fixture),
    code: "unavailable",
    message: "The certificate of the AWS endpoint is for another host name.",
    native: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  },
  {
    when: "the certificate has expired",
    cause: (fixture) => trusting(expiredCertificate(fixture.home.path))(fixture),
    code: "unavailable",
    message: "The certificate of the AWS endpoint has expired, or is not valid yet.",
    native: { code: "CERT_HAS_EXPIRED" },
  },
  {
    when: "the connection is dropped",
    cause: ({ vault }) =>
      withSession({}, { env: vault.env }, (session) => {
        vault.fault({ on: "secretsmanager.*", kind: "drop" });
        return readOne(session);
      }),
    code: "unavailable",
    message: "The connection to AWS broke before its answer was complete.",
    native: { name: "TimeoutError", code: "ECONNRESET" },
  },
  {
    when: "the connection is cut in the middle of the answer",
    cause: ({ vault }) =>
      withSession({}, { env: vault.env }, (session) => {
        vault.fault({ on: "secretsmanager.*", kind: "cut" });
        return readOne(session);
      }),
    code: "unavailable",
    message: "The connection to AWS broke before its answer was complete.",
  },
];

/** Runs a server on loopback while `use` does something with it. */
async function serving(server: Server, use: (url: string) => Promise<unknown>): Promise<unknown> {
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
