import { describe, expect, it } from "vitest";
import type { SecretValue } from "../../src/index.ts";
import { ManualClock, MINUTE, SECOND } from "../fixture.ts";
import { leased, versioned } from "./changing.ts";

/** A clock that goes on a little each time it is read, as the machine's does; its wall clock shows whole milliseconds. */
class TickingClock extends ManualClock {
  override monotonicMs(): number {
    this.jump(0.13);
    return super.monotonicMs();
  }

  override epochMs(): number {
    this.jump(0.07);
    return Math.floor(super.epochMs());
  }
}

const NAMES = ["USER", "PASSWORD"] as const;

/** Which read each of the two values came from: the stand-in numbers what it makes. */
const numbers = (values: readonly SecretValue[]): Set<string | undefined> =>
  new Set(values.map((value) => value.reveal().split("-").at(-1)));

describe("two names of one document", () => {
  it("getMany gives both from one read, although the document ends between the two", async () => {
    const clock = new TickingClock();
    const { vault, made } = leased({ lifeMs: 40, clock });
    for (let round = 0; round < 3000; round++) {
      const outcomes = await vault.getMany(NAMES);
      const values = outcomes.map((one) => (one.status === "fulfilled" ? one.value : undefined));
      expect(numbers(values.filter((value) => value !== undefined)).size).toBe(1);
    }
    expect(made()).toBeGreaterThan(5);
  });

  it("use hands over both from one read, the second time too", async () => {
    const clock = new TickingClock();
    const { vault, made } = leased({ lifeMs: 40, clock });
    const given: number[] = [];
    for (let round = 0; round < 1000; round++) {
      const login = (values: readonly SecretValue[]): void => {
        given.push(numbers(values).size);
        if (given.length % 2 === 1) throw Object.assign(new Error("password authentication failed"), { code: "28P01" });
      };
      await vault.use(NAMES, login, { isLoginFailure: () => true }).catch(() => {});
      clock.jump(7);
    }
    expect(new Set(given)).toEqual(new Set([1]));
    expect(made()).toBeGreaterThan(50);
  });

  it("rotating applies both from one read, whenever each of them is due", async () => {
    const clock = new TickingClock();
    const { vault } = leased({ lifeMs: 5 * SECOND, clock });
    const applied: number[] = [];
    const rotation = await vault.rotating(NAMES, (values) => void applied.push(numbers(values).size));
    for (let round = 0; round < 600; round++) await clock.pass(0.2 * SECOND);
    await rotation.close();
    expect(applied.length).toBeGreaterThan(20);
    expect(new Set(applied)).toEqual(new Set([1]));
  });

  it("rotating applies both from one read, although a new version comes between the two", async () => {
    const here = versioned({ links: { USER: "c://x#user", PASSWORD: "c://x#password" } });
    const { vault, clock, remote } = here;
    let number = 1;
    const rotate = (): void => {
      const value = { user: `vlcanary-user-${number}`, password: `vlcanary-password-${number}` };
      remote.holds.set("x", { document: { value, version: String(number) } });
    };
    rotate();
    let asked = 0;
    remote.login = {
      identity: "A",
      version: async () => {
        const version = String(number);
        // The first question of each look is answered, and then there is a new version.
        if (asked++ % 2 === 0) {
          number++;
          rotate();
        }
        return version;
      },
    };
    const applied: number[] = [];
    await vault.rotating(NAMES, (values) => void applied.push(numbers(values).size));
    await clock.pass(10 * MINUTE);
    expect(applied.length).toBeGreaterThan(5);
    expect(new Set(applied)).toEqual(new Set([1]));
  });
});
