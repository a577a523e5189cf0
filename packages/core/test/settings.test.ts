import { expect, it } from "vitest";
import { throwing, world } from "./fixture.ts";

it("what the vault's options cannot mean is refused when it is made", () => {
  const refused = [
    { cache: { staleOnError: 24 * 60 + 1 } },
    { cache: { staleOnError: -1 } },
    { limits: { deadlineMs: 0 } },
    { limits: { concurrency: 1.5 } },
    { limits: { attemptMs: Number.NaN } },
    { connections: { "Not A Name": world().remote.provider } },
    { connections: { https: world().remote.provider } },
    { env: undefined as unknown as Record<string, string> },
    { links: { "c://x": "c://x" } },
  ];
  for (const options of refused) expect(throwing(() => world(options)).code).toBe("invalid_config");
});
