import { expect, it } from "vitest";
import { abortable } from "../../src/provider.ts";

const ABORTED = { code: "aborted", message: "The call was cancelled." };
const never = (): Promise<never> => new Promise(() => {});

it("gives what the promise brings", async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve(7), signal)).toBe(7);
  await expect(abortable(Promise.reject(new RangeError("x")), signal)).rejects.toThrow(RangeError);
});

it("ends with the signal, whatever the promise does", async () => {
  const controller = new AbortController();
  const waiting = abortable(never(), controller.signal);
  controller.abort(new Error("vlcanary-reason"));
  await expect(waiting).rejects.toMatchObject(ABORTED);
  await expect(abortable(never(), controller.signal)).rejects.toMatchObject(ABORTED);
  await expect(abortable(Promise.resolve(7), controller.signal)).rejects.toMatchObject(ABORTED);
});

it("leaves no late rejection behind", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  try {
    const { promise, reject } = Promise.withResolvers<never>();
    const controller = new AbortController();
    const waiting = abortable(promise, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject(ABORTED);
    reject(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off("unhandledRejection", note);
  }
});
