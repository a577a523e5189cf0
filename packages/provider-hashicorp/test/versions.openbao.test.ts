import { CANARY } from "@vaultlink/stand-ins";
import { describe, expect, it } from "vitest";
import { parseLocator as at } from "@vaultlink/test-support";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { context, open, refused } from "./support.ts";

/* Versions without values and times of renewal, as a real server tells them. */

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();
  const root = (): Record<string, string> => ({ VAULT_ADDR: bao().url, VAULT_TOKEN: bao().rootToken });

  it("tells versions by metadata, of each state of a secret", async () => {
    const { session, read } = await open(root());
    for (const path of ["secret/app/db", "secret/app/history", "secret/app/odd name?#%/ü&+"]) {
      const locator = { path, query: {} };
      expect(await session.version?.(locator, context({}))).toBe((await session.read(locator, context({}))).version);
    }
    for (const path of ["secret/app/deleted", "secret/app/destroyed", "secret/app/history?version=2"]) {
      const same = [
        await refused(read(path), "unusable"),
        await refused(Promise.resolve(session.version?.(at(path), context({}))), "unusable"),
      ];
      expect(same[1]?.details.reason).toBe(same[0]?.details.reason);
    }
    await bao().admin("POST", "secret/metadata/timed", { delete_version_after: "3h" });
    await bao().admin("POST", "secret/data/timed", { data: { password: `${CANARY}timed` } });
    expect(await session.version?.(at("secret/timed"), context({}))).toBe("1");
    await bao().admin("POST", "secret/metadata/bare", { max_versions: 3 });
    await refused(Promise.resolve(session.version?.(at("secret/bare"), context({}))), "not_found");
    await refused(Promise.resolve(session.version?.(at("secret/app/nope"), context({}))), "not_found");
    await session.close?.();
  });

  it("says when to renew a token that was found, and a periodic one by its period", async () => {
    const made = await bao().admin("POST", "auth/token/create", { policies: ["app"], period: "1000s" });
    const from = Date.now();
    const { session } = await open({ VAULT_ADDR: bao().url, VAULT_TOKEN: made.auth?.client_token ?? "" });
    expect(session.renewAt).toBe((session.expiresAt ?? 0) - 200_000);
    expect(session.renewAt).toBeGreaterThan(from);
    await session.close?.();
  });
});
