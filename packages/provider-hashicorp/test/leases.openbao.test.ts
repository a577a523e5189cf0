import { createVault, type Vault } from "@vaultlink/core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hashicorp } from "../src/index.ts";
import { LEASED_STORES, type StartedStore } from "./leased-stores.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";

/* Credentials that OpenBao makes in a real store: they log in while they live. */

for (const store of LEASED_STORES) {
  describe.skipIf(NO_OPENBAO || store.without !== "")(`on OpenBao with ${store.name}${store.without || WHY}`, () => {
    const bao = useOpenBao();
    let database: StartedStore;
    let vault: Vault | undefined;
    beforeAll(async () => {
      database = await store.start();
      await bao().admin("POST", "sys/mounts/database", { type: "database" });
      await bao().admin("POST", "database/config/main", { ...database.connection, allowed_roles: ["app"] });
      await bao().admin("POST", "database/roles/app", {
        db_name: "main",
        creation_statements: database.creation,
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
}
