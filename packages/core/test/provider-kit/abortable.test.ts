import { expect, it } from "vitest";
import { abortable } from "../../src/index.ts";

it("gives what the work gives", async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve("value"), signal)).toBe("value");
  await expect(abortable(Promise.reject(new RangeError("No.")), signal)).rejects.toThrow(RangeError);
});

it("ends with the signal, whatever the work does", async () => {
  const controller = new AbortController();
  const ended = abortable(new Promise(() => {}), controller.signal);
  controller.abort();
  await expect(ended).rejects.toMatchObject({ code: "aborted" });
});

it("ends at once where the signal had ended before", async () => {
  await expect(abortable(new Promise(() => {}), AbortSignal.abort())).rejects.toMatchObject({ code: "aborted" });
});
