import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Backend, manualClock, serve } from "../src/index.ts";

/** The system's, as for the authorities of the other stand-ins. No certificate is kept in git. */
const OPENSSL = "openssl";

const backend: Backend = {
  describe: ({ path }) => ({ route: path.slice(1), credential: "none", write: false }),
  answer: () => ({ status: 200, body: Buffer.from([0, 255]) }),
  throttled: () => ({ status: 429 }),
  failure: (_, status) => ({ status }),
};

it("serves another vendor over TLS, bytes as they are", async () => {
  const { cert, key } = selfSigned();
  const server = await serve(backend, manualClock(), { tls: { cert, key } });
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    get(`${server.url}/anything`, { ca: cert }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).once("end", () => resolve(Buffer.concat(chunks)));
    }).once("error", reject);
  });
  expect(bytes).toEqual(Buffer.from([0, 255]));
  expect(server.url).toMatch(/^https:/);
  expect(server.log.counts).toEqual({ anything: 1 });
  await server.stop();
});

it("does not pass its own defects off as faults of the line", async () => {
  const answer = (): never => {
    throw new TypeError("defect");
  };
  const server = await serve({ ...backend, answer }, manualClock());
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  await expect(server.stop()).rejects.toThrow("The stand-in itself failed.");
});

function selfSigned(): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), "stand-ins-"));
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const flags = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"];
  execFileSync(OPENSSL, [...flags, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const pair = { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") };
  rmSync(folder, { recursive: true });
  return pair;
}
