import { expect, it } from "vitest";
import { Semaphore } from "../../src/provider.ts";
import { settle } from "../fixture.ts";

it("runs so many at a time, and the others in the order they came", async () => {
  const semaphore = new Semaphore(2);
  const started: number[] = [];
  const ends: Array<() => void> = [];
  const done = [0, 1, 2, 3].map((task) =>
    semaphore.run(async () => {
      started.push(task);
      await new Promise<void>((resolve) => void ends.push(resolve));
      return task;
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);
  ends[1]?.();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (let next = 0; next < 4; next++) {
    ends[next]?.();
    await settle();
  }
  expect(await Promise.all(done)).toEqual([0, 1, 2, 3]);
});

it("goes on after one that fails", async () => {
  const semaphore = new Semaphore(1);
  const failed = semaphore.run(() => Promise.reject(new Error("no")));
  const next = semaphore.run(async () => "next");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("next");
});
