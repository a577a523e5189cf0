import { describe, expect, it } from "vitest";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { pick } from "./stand-in-subject.ts";
import { context, open, type Opened, refused } from "./support.ts";

/* Kinds of tokens as a real server makes them. What core does with their times is on the stand-in. */

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const HOUR = 3_600_000;

  async function create(token: object): Promise<string> {
    const made = await bao().admin("POST", "auth/token/create", { policies: ["app"], ...token });
    return made.auth?.client_token ?? "";
  }
  const withToken = async (token: object, auth: object = {}, more: object = {}): Promise<Opened> =>
    open({ VAULT_ADDR: bao().url }, { auth: { token: await create(token), ...auth }, ...more });

  it("extends a periodic token by its period, again and again", async () => {
    const { session } = await withToken({ period: "2h" });
    for (let times = 0; times < 2; times++) {
      const from = Date.now();
      const until = await session.renew?.(context({}));
      expect(until).toBeGreaterThan(from + HOUR);
      expect(until).toBeLessThanOrEqual(Date.now() + 2 * HOUR);
    }
    await session.close?.();
  });

  it("extends a token no further than it may live", async () => {
    const { session } = await withToken({ ttl: "1h", explicit_max_ttl: "1h" });
    expect(await session.renew?.(context({}))).toBeLessThanOrEqual(Date.now() + HOUR);
    await session.close?.();
  });

  it("offers no renewal of a token that is not renewable", async () => {
    const { session } = await withToken({ ttl: "1h", renewable: false });
    expect("renew" in session).toBe(false);
    expect(session.expiresAt).toBeLessThanOrEqual(Date.now() + HOUR);
    await session.close?.();
  });

  it("offers no renewal of a batch token either, which has an end", async () => {
    const { read, session } = await withToken({ type: "batch", ttl: "1h" });
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    expect("renew" in session).toBe(false);
    expect(session.expiresAt).toBeGreaterThan(Date.now());
    await session.close?.();
  });

  it("makes as many reads of a token as it has uses, if it may not be looked up", async () => {
    const { read, session } = await withToken({ num_uses: 3 }, { lookup: false });
    // Where things are is told for nothing.
    for (let reads = 0; reads < 3; reads++) await read("secret/app/api");
    await refused(read("secret/app/api"), "unauthenticated");
    expect(session.expiresAt).toBeUndefined();
    await session.close?.();
  });

  it("spends one use to learn whose a token is", async () => {
    const { read, session } = await withToken({ num_uses: 4 });
    expect("renew" in session).toBe(false);
    for (let reads = 0; reads < 3; reads++) await read("secret/app/api");
    await refused(read("secret/app/api"), "unauthenticated");
    await session.close?.();
  });

  it("ends a login's token at the vault although its uses are counted", async () => {
    const { roleId, secretId } = pick(bao().credentials, "app").approle;
    await bao().admin("POST", "auth/approle/role/app", { token_num_uses: 10 });
    const { read, session } = await open({ VAULT_ADDR: bao().url }, { auth: { method: "approle", roleId, secretId } });
    await read("secret/app/api");
    await session.revoke?.(context({}));
    await refused(read("secret/app/api"), "unauthenticated");
    await session.close?.();
  });
});
