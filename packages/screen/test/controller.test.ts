import { expect, it } from "vitest";
import { Controller } from "../src/controller.ts";
import type { ScreenSource } from "../src/index.ts";
import { initialState } from "../src/state/state.ts";
import { fakeSource } from "./fake-source.ts";

/** A window without a terminal, whose clock a test turns on. */
function open(parts: Partial<ScreenSource>) {
  const waiting = new Set<() => void>();
  const controller = new Controller(initialState({ columns: 80, rows: 24 }, 0, { readonly: false, mouse: true }), {
    ...{ source: fakeSource(parts), copy: () => {}, clearClipboard: () => {}, setMouse: () => {}, quit: () => {} },
    openPage: async () => {},
    clock: {
      now: () => 0,
      after(_ms, work) {
        waiting.add(work);
        return () => void waiting.delete(work);
      },
    },
  });
  /** Lets what was begun come to its end, and so much time pass that what waits is done. */
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    for (const work of waiting) {
      waiting.delete(work);
      work();
    }
  };
  return { controller, settle };
}

it("an overview that cannot be read is told, asked for no more until something changes, and ends nothing", async () => {
  let asked = 0;
  const overview = async (): Promise<never> => {
    asked++;
    throw new Error("The configuration cannot be read.");
  };
  const { controller, settle } = open({ overview, value: () => new Promise(() => {}) });
  controller.dispatch({ kind: "loaded", overview: await fakeSource().overview(), nowMs: 0 });
  controller.dispatch({ kind: "key", key: { text: "v" } });
  controller.load();
  for (let turn = 0; turn < 5; turn++) await settle();
  expect(asked).toBe(1);
  expect(controller.current().notice?.text).toBe("The configuration cannot be read.");
  expect(controller.current().work).toBe("reading DB");
});

it("a sign-in that was given up says nothing any more", async () => {
  const given = Promise.withResolvers<Parameters<ScreenSource["signIn"]>[1]>();
  const { controller, settle } = open({
    signIn: async (_connection, prompter) => {
      given.resolve(prompter);
      return new Promise(() => {});
    },
  });
  controller.dispatch({ kind: "loaded", overview: await fakeSource().overview(), nowMs: 0 });
  controller.dispatch({ kind: "key", key: { text: "a" } });
  const prompter = await given.promise;
  const answer = prompter.ask({ label: "Token", secret: true });
  controller.dispatch({ kind: "key", key: { text: "", name: "escape" } });
  await expect(answer).rejects.toThrow("cancelled");
  controller.dispatch({ kind: "key", key: { text: "a" } });
  prompter.show("vlcanary-late");
  await expect(prompter.ask({ label: "Code", secret: false })).rejects.toThrow("cancelled");
  await settle();
  expect(controller.current().signIn).toMatchObject({ lines: [], question: undefined });
});
