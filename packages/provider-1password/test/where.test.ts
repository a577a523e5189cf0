import { expect, it } from "vitest";
import { onePassword } from "../src/index.ts";

const { signal } = new AbortController();

it.each<[string, Parameters<typeof onePassword>[0], Record<string, string>, object]>([
  [
    "a Connect server",
    { auth: { method: "connect", host: "https://connect.test" } },
    { OP_CONNECT_HOST: "https://other.test" },
    { facts: ["host https://connect.test"], address: "https://connect.test" },
  ],
  [
    "the environment's Connect server",
    { auth: { method: "connect" } },
    { OP_CONNECT_HOST: "https://other.test" },
    { facts: ["host https://other.test from OP_CONNECT_HOST"], address: "https://other.test" },
  ],
  ["an account", { auth: { method: "desktop", account: "Acme" } }, {}, { facts: ["account Acme"] }],
  ["nothing: a service account's token tells", {}, { OP_CONNECT_HOST: "https://other.test" }, { facts: [] }],
])("says which vault it reaches: %s", async (_what, options, env, right) => {
  const told = await onePassword(options).where?.({ env, signal });
  const inWords = told?.facts.map(
    ({ what, value, variable }) => `${what} ${value}${variable ? ` from ${variable}` : ""}`,
  );
  expect({ facts: inWords, address: told?.address, caFile: told?.caFile }).toEqual({
    address: undefined,
    caFile: undefined,
    ...right,
  });
});
