import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, rootCertificates } from "node:tls";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { findNetwork, findProxy, readPem, trustedCertificates } from "../../src/provider.ts";
import { failing, throwing } from "../fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "vaultlink-network-"));
afterAll(() => rmSync(folder, { recursive: true }));
const [pem = ""] = rootCertificates;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("the caller's proxy", () => {
  it("is that for https, with whom it is not for", () => {
    const env = { HTTPS_PROXY: " http://proxy.test:3128 ", NO_PROXY: "localhost", HTTP_PROXY: "http://other.test" };
    expect(findProxy(env)).toEqual({ HTTPS_PROXY: "http://proxy.test:3128", NO_PROXY: "localhost,*.localhost" });
    expect(findProxy({ https_proxy: "http://proxy.test:3128", no_proxy: "" })).toEqual({
      HTTPS_PROXY: "http://proxy.test:3128",
    });
  });

  it("is none where no variable names one", () => {
    expect(findProxy({})).toBeUndefined();
    expect(findProxy({ HTTPS_PROXY: " ", NO_PROXY: "localhost" })).toBeUndefined();
  });

  it.each(["22.20.0", "23.11.0", "24.4.1"])("is not gone round on Node %s, whose agents know none", (node) => {
    const versions = process.versions;
    Object.defineProperty(process, "versions", { value: { ...versions, node }, configurable: true });
    onTestFinished(() => void Object.defineProperty(process, "versions", { value: versions, configurable: true }));
    expect(throwing(() => findProxy({ HTTPS_PROXY: "http://proxy.test:3128" })).code).toBe("invalid_config");
    expect(findProxy({})).toBeUndefined();
  });
});

describe("who is trusted", () => {
  it("is whom the connection names, and nobody else", async () => {
    const env = { NODE_EXTRA_CA_CERTS: file("extra.pem", pem) };
    expect(await trustedCertificates(env, pem)).toEqual([pem]);
  });

  it("is whom the caller's variable names, beside the usual authorities", async () => {
    const env = { NODE_EXTRA_CA_CERTS: file("extra.pem", pem) };
    expect(await trustedCertificates(env, undefined)).toEqual([...getCACertificates("default"), pem]);
  });

  it("is left to Node where nobody is named", async () => {
    expect(await trustedCertificates({}, undefined)).toBeUndefined();
    expect(await trustedCertificates({ NODE_EXTRA_CA_CERTS: " " }, undefined)).toBeUndefined();
  });

  it.each(["", "no certificate", pem.replace("A", "!")])(
    "is nobody where the text is no certificate: %#",
    async (text) => {
      const path = file("wrong.pem", text);
      const extra = await failing(trustedCertificates({ NODE_EXTRA_CA_CERTS: path }, undefined));
      expect(extra).toMatchObject({ code: "invalid_config", message: "The extra certificates are not valid PEM." });
      const own = await failing(trustedCertificates({}, text));
      expect(own).toMatchObject({ code: "invalid_config", message: "The trusted certificates are not valid PEM." });
    },
  );

  it("says which file cannot be read, and not where it is", async () => {
    const path = join(folder, "none.pem");
    const error = await failing(readPem(path, "client key"));
    expect(error).toMatchObject({ code: "invalid_config", message: "The client key cannot be read." });
    expect(await readPem(undefined, "client key")).toBeUndefined();
  });
});

describe("the way to a host", () => {
  it("has what the caller's variables and options say, and nothing else", async () => {
    expect(await findNetwork({})).toEqual({});
    expect(await findNetwork({ HTTPS_PROXY: "http://proxy.test:3128" }, { ca: pem })).toEqual({
      ca: [pem],
      proxyEnv: { HTTPS_PROXY: "http://proxy.test:3128" },
    });
  });

  it("takes certificates of a file where none are given", async () => {
    expect(await findNetwork({}, { caFile: file("own.pem", pem) })).toEqual({ ca: [pem] });
    expect((await failing(findNetwork({}, { caFile: join(folder, "none.pem") }))).message).toBe(
      "The file of trusted certificates cannot be read.",
    );
  });
});
