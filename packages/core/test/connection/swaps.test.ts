import { describe, expect, it } from "vitest";
import type { Session } from "../../src/provider.ts";
import { failure, MINUTE, settle, world } from "../fixture.ts";

/** How many reads each test makes; a run by hand asks for more. */
const READS = Number(process.env["VAULTLINK_TEST_READS"] ?? 100_000);
const AT_A_TIME = 500;

/** What a session of somebody reads: whose it is, and the path. */
function session(identity: string): Partial<Session> {
  return { identity, read: async ({ path }) => ({ value: `vlcanary-${identity}-${path}` }) };
}

describe("reads while sessions and links are swapped", () => {
  it("by re-authentication: none fails, and none gets another identity's value", async () => {
    const { vault, remote, clock } = world({ cache: { ttl: 1 } });
    const identities = ["A", "A", "B", "C", "B", "A"];
    remote.login = session("A");
    await vault.get("X");
    let [failed, wrong, swaps, refused] = [0, 0, 0, 0];
    for (let read = 0; read < READS; read += AT_A_TIME) {
      const round = read / AT_A_TIME;
      const next = identities[round % identities.length] ?? "A";
      // Every fourth login is refused: it changes nothing.
      remote.login = round % 4 === 3 ? failure("unauthenticated") : session(next);
      const before = vault.status().connections[0]?.identity;
      const names = Array.from({ length: AT_A_TIME }, (_, index) => (index % 2 === 0 ? "X" : "Y"));
      const early = names.slice(0, AT_A_TIME / 2).map((name) => vault.get(name));
      const swap = vault.reauthenticate("c").then(
        () => void swaps++,
        () => void refused++,
      );
      const late = names.slice(AT_A_TIME / 2).map((name) => vault.get(name));
      const settled = await Promise.allSettled([...early, ...late]);
      await swap;
      const after = vault.status().connections[0]?.identity;
      const allowed = new Set([before, after]);
      for (const outcome of settled) {
        if (outcome.status === "rejected") failed++;
        else if (!allowed.has(outcome.value.reveal().split("-")[1])) wrong++;
      }
      const [x, y] = await Promise.all([vault.get("X"), vault.get("Y")]);
      if (x.reveal() !== `vlcanary-${after}-x` || y.reveal() !== `vlcanary-${after}-y`) wrong++;
      if (round % 10 === 0) await clock.pass(2 * MINUTE);
    }
    expect({ failed, wrong }).toEqual({ failed: 0, wrong: 0 });
    expect(swaps).toBeGreaterThan(refused);
    expect(refused).toBeGreaterThan(0);
  });

  it("by relinking: none fails, and each gets the document that its name led to before or after", async () => {
    const { vault, remote } = world();
    remote.login = session("A");
    let [failed, wrong] = [0, 0];
    for (let read = 0; read < READS; read += AT_A_TIME) {
      const [from, to] = (read / AT_A_TIME) % 2 === 0 ? ["x", "z"] : ["z", "x"];
      const early = Array.from({ length: AT_A_TIME / 2 }, () => vault.get("X"));
      const relinked = vault.relink("X", `c://${to}`);
      const late = Array.from({ length: AT_A_TIME / 2 }, () => vault.get("X"));
      for (const outcome of await Promise.allSettled([...early, ...late])) {
        if (outcome.status === "rejected") failed++;
        else if (![`vlcanary-A-${from}`, `vlcanary-A-${to}`].includes(outcome.value.reveal())) wrong++;
      }
      await relinked;
      if ((await vault.get("X")).reveal() !== `vlcanary-A-${to}`) wrong++;
      await settle();
    }
    expect({ failed, wrong }).toEqual({ failed: 0, wrong: 0 });
  });
});
