import { createVault, type Vault } from "@vaultlink/core";
import { findPostgres, type Postgres, startPostgres } from "@vaultlink/stand-ins/postgres";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hashicorp } from "../src/index.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";

/* Credentials that OpenBao makes in a real PostgreSQL: they log in while they live. */

const postgres = findPostgres();
const without = "missing" in postgres ? ` (${postgres.missing})` : WHY;

describe.skipIf(NO_OPENBAO || "missing" in postgres)(`on OpenBao with PostgreSQL${without}`, () => {
  const bao = useOpenBao();
  let database: Postgres;
  let vault: Vault | undefined;
  beforeAll(async () => {
    database = await startPostgres();
    const { password, port, username } = database;
    await bao().admin("POST", "sys/mounts/database", { type: "database" });
    await bao().admin("POST", "database/config/main", {
      plugin_name: "postgresql-database-plugin",
      allowed_roles: ["app"],
      connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=disable`,
      username,
      password,
    });
    await bao().admin("POST", "database/roles/app", {
      db_name: "main",
      creation_statements: [`CREATE ROLE "{{name}}" WITH LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`],
      default_ttl: "1h",
      max_ttl: "2h",
    });
  });
  afterEach(() => vault?.close());
  afterAll(() => database?.stop());

  /** Links the database's credential, as somebody who logs in or, with `found`, as whom the token says. */
  function link(found = false): Vault {
    const { approle, token } = pick(bao().credentials, "app");
    const auth = found
      ? { token }
      : ({ method: "approle", roleId: approle.roleId, secretId: approle.secretId } as const);
    vault = createVault({ connections: { hcv: hashicorp({ address: bao().url, auth }) }, env: {} });
    return vault;
  }
  async function read(from: Vault): Promise<readonly [username: string, password: string]> {
    const [username, password] = await Promise.all(
      ["username", "password"].map((field) => from.get(`hcv://database/creds/app#${field}`)),
    );
    return [username?.reveal() ?? "", password?.reveal() ?? ""];
  }

  it("gives one credential for both of its fields, which logs in", async () => {
    const hcv = link();
    const first = await read(hcv);
    expect(await database.login(...first)).toBe(true);
    expect(await database.login(first[0], "vlcanary-wrong")).toBe(false);
    expect((await read(hcv))[0]).toBe(first[0]);
  });

  it("makes another one after a reset, and the first logs in no longer", async () => {
    const hcv = link();
    const first = await read(hcv);
    expect(hcv.reset({ name: "hcv://database/creds/app#username" })).toBe(1);
    await vi.waitFor(async () => expect(await database.login(...first)).toBe(false), { timeout: 10_000 });
    const second = await read(hcv);
    expect(second[0]).not.toBe(first[0]);
    expect(await database.login(...second)).toBe(true);
  });

  it.each([
    ["a login's token", false],
    ["a token that was found", true],
  ])("ends the credential when %s is disconnected", async (_whose, found) => {
    const hcv = link(found);
    const first = await read(hcv);
    expect(await database.login(...first)).toBe(true);
    await hcv.disconnect("hcv");
    await vi.waitFor(async () => expect(await database.login(...first)).toBe(false), { timeout: 10_000 });
  });
});
