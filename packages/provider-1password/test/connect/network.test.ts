import { temporaryCertificate } from "@vaultlink/test-support";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OnePasswordConnectStandIn, startOnePasswordConnect } from "@vaultlink/stand-ins";
import { afterAll, afterEach, beforeEach, expect, it, onTestFinished } from "vitest";
import { withConnect } from "./support.ts";
import { at, context, refused, textOf } from "../support.ts";

const folder = mkdtempSync(join(tmpdir(), "connect-"));
const caFile = join(folder, "ca.pem");
let vault: OnePasswordConnectStandIn;
beforeEach(async () => {
  const tls = temporaryCertificate();
  writeFileSync(caFile, tls.cert);
  vault = await startOnePasswordConnect({ tls });
});
afterEach(() => vault.stop());
afterAll(() => rmSync(folder, { recursive: true }));

/** A proxy on loopback that tunnels to loopback. */
async function startProxy(): Promise<{ readonly url: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer();
  server.on("connect", ({ url = "" }, client: Socket) => {
    asked.push(url);
    const onward = connect(Number(url.split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      onward.pipe(client).pipe(onward);
    });
    for (const socket of [client, onward]) socket.on("error", () => client.destroy() && onward.destroy());
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const user = (env: Readonly<Record<string, string>>): Promise<string> =>
  withConnect(vault, async (session) => textOf(await session.read(at("App/db/username"), context())), { env });

it("trusts the caller's certificates and no others", async () => {
  expect(await user({ NODE_EXTRA_CA_CERTS: caFile })).toBe("app");
  expect((await refused(user({}))).details.hint).toBe("export NODE_EXTRA_CA_CERTS=/path/to/ca.pem");
});

it("says which file is no certificate, and shows nothing of it", async () => {
  writeFileSync(caFile, "-----BEGIN CERTIFICATE-----\nvlcanary-no-certificate\n-----END CERTIFICATE-----\n");
  expect((await refused(user({ NODE_EXTRA_CA_CERTS: caFile }))).message).toBe(
    "The extra certificates are not valid PEM.",
  );
});

it("goes through the caller's proxy, unless the host is excepted", async () => {
  const proxy = await startProxy();
  const env = { NODE_EXTRA_CA_CERTS: caFile, HTTPS_PROXY: proxy.url };
  expect(await user(env)).toBe("app");
  expect(proxy.asked).toEqual([new URL(vault.url).host]);
  expect(await user({ ...env, NO_PROXY: "127.0.0.1" })).toBe("app");
  expect(proxy.asked).toHaveLength(1);
});
