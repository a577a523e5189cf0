import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createVault } from "../../src/index.ts";
import { CERTIFICATES } from "./certificates.ts";
import { CONNECTION_SHAPES } from "./connection-shapes.ts";
import { ECHOES } from "./echoes.ts";
import { HOSTS } from "./hosts.ts";
import { NAMES } from "./names.ts";
import { NUMBER_ROWS } from "./numbers.ts";
import { PLUGIN_SHAPES } from "./plugin-shapes.ts";
import { PROXIES } from "./proxies.ts";
import { outcome } from "./row.ts";
import { failing, Remote } from "../fixture.ts";

/** Faults that were seen here or at other tools, by their kind: one row each, the smallest input that shows it. */
describe.each([
  ["the caller's network is never gone round", PROXIES],
  ["a number is what the vault stores", NUMBER_ROWS],
  ["what is wrong with options is said where they are given", CONNECTION_SHAPES],
  ["what is wrong with a plugin is said by its name", PLUGIN_SHAPES],
  ["a name leads to its connection, loaded or not", NAMES],
  ["what was pasted is not repeated", ECHOES],
  ["a server proves who it is", CERTIFICATES],
  ["no credential goes to a metadata service", HOSTS],
])("%s", (_rule, rows) => {
  it.each(rows)("$kind: $what", async ({ act, right }) => {
    expect(await outcome(act)).toEqual(right);
  });
});

it("C9: a vault goes on while a test fakes the timers", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "setImmediate", "setInterval", "performance", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const remote = new Remote();
  remote.holds.set("x", "vlcanary-x-1");
  const vault = createVault({ connections: { c: remote.provider }, env: {} });
  expect((await vault.get("c://x")).reveal()).toBe("vlcanary-x-1");
  remote.byHand = true;
  expect((await failing(vault.get("c://y", { deadlineMs: 1 }))).code).toBe("timeout");
});
