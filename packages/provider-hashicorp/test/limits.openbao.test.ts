import { describe, expect, it } from "vitest";
import { NO_OPENBAO, useOpenBao, WHY } from "./openbao.ts";
import { open, refused } from "./support.ts";

describe.skipIf(NO_OPENBAO)(`on OpenBao${WHY}`, () => {
  const bao = useOpenBao();

  it("tells a real quota from a refusal", async () => {
    const { read, session } = await open(bao().env);
    await bao().admin("POST", "sys/quotas/rate-limit/few", { path: "kv1/", rate: 1, interval: "1h" });
    await read("kv1/app/plain");
    await refused(read("kv1/app/plain"), "throttled");
    await expect(read("secret/app/api")).resolves.toMatchObject({ version: "1" });
    await session.close?.();
  });

  it("says of a real server that it is sealed, and that waiting does not help", async () => {
    const { read, session } = await open(bao().env);
    await bao().admin("PUT", "sys/seal");
    const error = await refused(read("secret/app/api"), "unavailable");
    expect(error.details).toMatchObject({ retryAfterMs: Infinity, hint: "vault operator unseal" });
    await refused(open(bao().env), "unavailable");
    await session.close?.();
  });
});
