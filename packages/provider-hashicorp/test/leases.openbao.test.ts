import { createVault, type Vault } from "@vaultlink/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type AuthOptions, hashicorp } from "../src/index.ts";
import { LEASED_STORES, type StartedStore } from "./leased-stores.ts";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";
import { open, refused } from "./support.ts";

/* Credentials that OpenBao makes in a real store: they log in while they live. */

interface Held {
  readonly roleId: string;
  readonly secretId: string;
  readonly token: string;
}
const WAYS = {
  "a login's token": ({ roleId, secretId }: Held): AuthOptions => ({ method: "approle", roleId, secretId }),
  // The vault can't end these.
  "a login's batch token": ({ secretId }: Held): AuthOptions => ({ method: "approle", roleId: BATCH, secretId }),
  "a token that was found": ({ token }: Held): AuthOptions => ({ token }),
};
const BATCH = "role-of-batch";

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
      const { secretId } = pick(bao().credentials, "app").approle;
      await bao().admin("POST", "auth/approle/role/batch", { token_policies: ["app"], token_type: "batch" });
      await bao().admin("POST", "auth/approle/role/batch/role-id", { role_id: BATCH });
      await bao().admin("POST", "auth/approle/role/batch/custom-secret-id", { secret_id: secretId });
    });
    afterEach(() => vault?.close());
    afterAll(() => database?.stop());

    /** Links the database's credential, as somebody who logs in, or as whom a token says that was found. */
    function link(whose: keyof typeof WAYS = "a login's token"): Vault {
      const { approle, token } = pick(bao().credentials, "app");
      const auth = WAYS[whose]({ ...approle, token });
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
      await expect.poll(() => database.login(...first)).toBe(false);
      const second = await read(hcv);
      expect(second[0]).not.toBe(first[0]);
      expect(await database.login(...second)).toBe(true);
    });

    it("ends the credential whose answer broke off on the way", async () => {
      let whole = "";
      const breaking: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (whole !== "" || !(typeof input === "string" && input.endsWith("/v1/database/creds/app"))) return response;
        whole = await response.text();
        const parts = [new TextEncoder().encode(whole.slice(0, whole.length / 2))];
        const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
          const part = parts.shift();
          if (part === undefined) controller.error(new TypeError("terminated"));
          else controller.enqueue(part);
        };
        return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), response);
      };
      const { token } = pick(bao().credentials, "app");
      const { read: readOnce, session } = await open(
        { VAULT_ADDR: bao().url, VAULT_TOKEN: token },
        { fetch: breaking },
      );
      await refused(readOnce("database/creds/app"), "unavailable");
      await session.close?.();
      const { data } = JSON.parse(whole) as { data: { username: string; password: string } };
      expect(data.username).toMatch(/./);
      await expect.poll(() => database.login(data.username, data.password)).toBe(false);
    });

    it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
      "ends the credential with %s on a disconnect",
      async (whose) => {
        const hcv = link(whose);
        const first = await read(hcv);
        expect(await database.login(...first)).toBe(true);
        await hcv.disconnect("hcv");
        await expect.poll(() => database.login(...first)).toBe(false);
      },
    );
  });
}
