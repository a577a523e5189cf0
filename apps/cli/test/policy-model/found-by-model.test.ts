import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Command, Person, Setting } from "./commands.ts";

/* Machines and histories that the model found, each of which went wrong once. */

const nobody: Person = { who: "anna", roles: ["app"], own: [], disconnected: [], cache: {}, audit: false };
const hcv = { provider: "hashicorp", url: "https://policy-hcv-0" };
const MACHINE: Setting = {
  people: [nobody, nobody],
  policy: { version: 1, connections: { hcv } },
  project: [{ name: "mem", kind: "memory", variant: 0 }],
  trusted: false,
  agent: true,
  writable: true,
};

const CASES: ReadonlyArray<{ readonly setting: Setting; readonly history: readonly Command[] }> = [
  // Whoever was refused for their roles was signed in afterwards, in the agent.
  { setting: MACHINE, history: [{ do: "disconnect", by: 0, name: "hcv", yes: true }] },
  // What its user had disconnected before was connected again by that.
  {
    setting: { ...MACHINE, people: [{ ...nobody, disconnected: ["hcv"] }, nobody] },
    history: [
      { do: "disconnect-link", by: 0, link: "C", yes: true },
      { do: "get", by: 0, link: "C" },
    ],
  },
  // An agent knew no connection to log out from that nobody trusts.
  { setting: MACHINE, history: [{ do: "logout", by: 0, name: "mem" }] },
];

it("keeps to the policy where it once did not", async () => {
  const args = ["--conditions=source", join(import.meta.dirname, "run.ts"), "--cases", JSON.stringify(CASES)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual({ violations: CASES.map(() => []) });
});
