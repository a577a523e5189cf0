import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { join } from "node:path";
import { NestFactory } from "@nestjs/core";
import type { Vault } from "@vaultlink/core";
import { startAws } from "@vaultlink/stand-ins";
import { expect, it, onTestFinished } from "vitest";
import type * as Nest from "../examples/recipes/nest.ts";
import type * as Route from "../examples/recipes/next-route.ts";
import { copyExamples } from "./kit/copy.ts";
import { linesOf, runProgram } from "./kit/run.ts";
import { ADDRESS, lendVault, loadExamples } from "./kit/vault.ts";

/** A service that answers with the key it was shown, for the length of the test. */
async function lendService(): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ shown: request.headers.authorization }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const KEY = "Bearer vlcanary-api-key";

it("recipes/express.ts calls the service with the key of the vault", async () => {
  const { vault, env } = await lendVault();
  const service = await lendService();
  const substitutions = { [ADDRESS]: vault.url, "https://api.example.com": service, "listen(3000)": "listen(0)" };
  const lines = linesOf(await runProgram("../test/drivers/express.ts", env, substitutions));
  expect(lines).toEqual([`200 ${JSON.stringify({ shown: KEY })}`]);
});

it("recipes/next-route.ts answers a request with what the service says", async () => {
  const { vault } = await lendVault();
  const load = await loadExamples(vault, { "https://api.example.com": await lendService() });
  const route = await load<typeof Route>("recipes/next-route.ts");
  expect(await (await route.GET()).json()).toEqual({ shown: KEY });
});

it("recipes/nest.ts gives services the vault, and closes it with the application", async () => {
  const { vault } = await lendVault();
  const load = await loadExamples(vault);
  const nest = await load<typeof Nest>("recipes/nest.ts");
  const app = await NestFactory.createApplicationContext(nest.vaultModule, { logger: false });
  const given = app.get<Vault>(nest.VAULT);
  expect((await given.get("DB_USER")).reveal()).toBe("app");
  await app.close();
  await expect(given.get("DB_USER")).rejects.toMatchObject({ code: "aborted" });
});

it("recipes/lambda.ts reads once for many invocations", async () => {
  const aws = await startAws();
  onTestFinished(() => aws.stop());
  const lines = linesOf(await runProgram("../test/drivers/lambda.ts", aws.env));
  expect(lines).toEqual([
    JSON.stringify({ statusCode: 200, body: "signed in as app, read from the vault" }),
    JSON.stringify({ statusCode: 200, body: "signed in as app, read from the cache" }),
  ]);
});

it("recipes/kubernetes.ts signs in with the pod's token", async () => {
  const { vault } = await lendVault();
  const file = join(await copyExamples({}), "token");
  await writeFile(file, vault.credentials["app"]?.kubernetes?.jwt ?? "", { mode: 0o600 });
  const substitutions = { [ADDRESS]: vault.url, "/var/run/secrets/vault/token": file };
  const lines = linesOf(await runProgram("recipes/kubernetes.ts", {}, substitutions));
  expect(lines).toEqual(["signed in as app"]);
});

it("recipes/opentelemetry.ts counts what happens, without names and values", async () => {
  const { vault, env } = await lendVault();
  const lines = linesOf(await runProgram("../test/drivers/opentelemetry.ts", env, { [ADDRESS]: vault.url }));
  const hcv = (more: object): string => JSON.stringify({ ...more, connection: "hcv", provider: "hashicorp" });
  expect(lines.toSorted()).toEqual(
    [
      `vaultlink.events ${hcv({ event: "open" })} 1`,
      `vaultlink.events {"event":"cache","connection":"hcv","provider":"hashicorp","source":"cache"} 1`,
      `vaultlink.events ${hcv({ event: "disconnected" })} 1`,
      `vaultlink.read.duration {"connection":"hcv","provider":"hashicorp","source":"vault"} 1`,
    ].toSorted(),
  );
});
