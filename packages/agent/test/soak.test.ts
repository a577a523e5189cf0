import { expect, it } from "vitest";
import { soak } from "./soak/soak.ts";
import { temporaryPlace } from "./support.ts";

/** Both ends of three clients' connections, and what the agent listens at. */
const MOST = 7;

it("gives no value too late and none of another identity in 24 hours of faults and rotations, and leaves nothing open", async () => {
  const { hours, agents, wrong, descriptors } = await soak({
    ...{ place: temporaryPlace(), hours: 24, everyMs: 90_000, seed: 20260101 },
  });
  expect(wrong).toEqual([]);
  expect(agents).toBeGreaterThan(1);
  expect(hours.at(-1)?.values).toBeGreaterThan(500);
  expect(Math.max(...hours.map((hour) => hour.descriptors))).toBeLessThanOrEqual(descriptors.before + MOST);
  expect(descriptors.after).toBe(descriptors.before);
});
