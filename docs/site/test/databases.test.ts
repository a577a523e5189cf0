import { createHash } from "node:crypto";
import { type AddressInfo } from "node:net";
import { findPostgres, startPostgres } from "@vaultlink/stand-ins/postgres";
import { findRedis, startRedis } from "@vaultlink/stand-ins/redis";
import mysql from "mysql2";
import { expect, it, onTestFinished } from "vitest";
import type * as Mysql2 from "../examples/recipes/mysql2.ts";
import { linesOf, runProgram } from "./kit/run.ts";
import { ADDRESS, lendVault, loadExamples } from "./kit/vault.ts";

const OLD = "vlcanary-old-password";
const postgres = findPostgres();
const redis = findRedis();
const reason = (found: object): string => ("missing" in found ? ` (skipped: ${String(found.missing)})` : "");

it.skipIf("missing" in postgres)(
  `recipes/pg.ts finds the new password after a rotation${reason(postgres)}`,
  async () => {
    const database = await startPostgres();
    onTestFinished(() => database.stop());
    const { vault, env } = await lendVault();
    vault.put("secret/app/db", { username: database.username, password: OLD });
    const substitutions = {
      [ADDRESS]: vault.url,
      '"db.example.com"': '"127.0.0.1"',
      "port: 5432": `port: ${database.port}`,
      'database: "app"': 'database: "postgres"',
    };
    const lines = linesOf(
      await runProgram("../test/drivers/pg.ts", env, substitutions, () =>
        vault.put("secret/app/db", { username: database.username, password: database.password }),
      ),
    );
    expect(lines).toEqual([expect.stringContaining("password authentication failed"), '[{"one":1}]']);
  },
);

it.skipIf("missing" in redis)(
  `recipes/ioredis.ts finds the new password after a rotation${reason(redis)}`,
  async () => {
    const store = await startRedis();
    onTestFinished(() => store.stop());
    const { vault, env } = await lendVault();
    vault.put("secret/app/db", { username: store.username, password: OLD });
    const substitutions = {
      [ADDRESS]: vault.url,
      '"redis.example.com"': '"127.0.0.1"',
      "port: 6379": `port: ${store.port}`,
    };
    const lines = linesOf(
      await runProgram("../test/drivers/ioredis.ts", env, substitutions, () =>
        vault.put("secret/app/db", { username: store.username, password: store.password }),
      ),
    );
    expect(lines).toEqual([expect.stringContaining("WRONGPASS"), "PONG"]);
  },
);

it("recipes/mysql2.ts finds the new password after a rotation (the server is mysql2's own)", async () => {
  const { vault } = await lendVault();
  const port = await startMysql("vlcanary-new-password");
  vault.put("secret/app/db", { username: "app", password: OLD });
  const load = await loadExamples(vault, { '"db.example.com"': '"127.0.0.1"', "port: 3306": `port: ${port}` });
  const { connect } = await load<typeof Mysql2>("recipes/mysql2.ts");
  await expect(connect()).rejects.toMatchObject({ code: "ER_ACCESS_DENIED_ERROR" });
  vault.put("secret/app/db", { username: "app", password: "vlcanary-new-password" });
  const connection = await connect();
  onTestFinished(() => connection.destroy());
  expect(connection.threadId).toBe(1);
});

interface Handshake {
  readonly authPluginData1: Buffer;
  readonly authPluginData2: Buffer;
  readonly authToken: Buffer;
}

/** A server that lets in whoever has the password, by MySQL's native method. */
async function startMysql(password: string): Promise<number> {
  // Its types lack the class's events and the handshake's callback.
  const server = mysql.createServer(() => {}) as unknown as {
    on(
      event: "connection",
      listener: (connection: {
        serverHandshake(options: object): void;
        on(event: "error", listener: () => void): void;
      }) => void,
    ): void;
    listen(port: number, host: string, listening: () => void): void;
    close(): void;
    /** Node's own server within. */
    readonly _server: { address(): AddressInfo };
  };
  server.on("connection", (connection) => {
    connection.on("error", () => {});
    connection.serverHandshake({
      ...{ protocolVersion: 10, serverVersion: "8.0.0", connectionId: 1, statusFlags: 2, characterSet: 8 },
      capabilityFlags: 0xff_ff_ff ^ 0x00_08_00,
      authCallback: (given: Handshake, done: (error: null, refusal?: object) => void) => {
        const right = tokenOf(password, given).equals(given.authToken);
        done(null, right ? undefined : { message: "Access denied", code: 1045 });
      },
    });
  });
  onTestFinished(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { _server: within } = server;
  return within.address().port;
}

/** https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_authentication_methods_native_password_authentication.html */
function tokenOf(password: string, { authPluginData1, authPluginData2 }: Handshake): Buffer {
  const sha1 = (...parts: readonly Uint8Array[]): Buffer => createHash("sha1").update(Buffer.concat(parts)).digest();
  const first = sha1(Buffer.from(password));
  const scramble = Buffer.concat([authPluginData1, authPluginData2]).subarray(0, 20);
  const second = sha1(scramble, sha1(first));
  return Buffer.from(first.map((byte, index) => byte ^ (second[index] ?? 0)));
}
