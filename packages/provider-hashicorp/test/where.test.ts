import { expect, it } from "vitest";
import { hashicorp } from "../src/index.ts";

const { signal } = new AbortController();

it.each<[string, Parameters<typeof hashicorp>[0], Record<string, string>, object]>([
  [
    "an option before the environment",
    { address: "https://v.test", namespace: "a/b", caFile: "/ca.pem" },
    { VAULT_ADDR: "https://w.test", VAULT_CACERT: "/other.pem" },
    { facts: ["address https://v.test", "namespace a/b"], caFile: "/ca.pem" },
  ],
  [
    "of the environment OpenBao's first",
    {},
    { VAULT_ADDR: "https://w.test", BAO_ADDR: "https://b.test", BAO_CACERT: "/ca.pem" },
    { facts: ["address https://b.test from BAO_ADDR"], caFile: "/ca.pem" },
  ],
  ["nothing", {}, {}, { facts: [] }],
])("says which vault it reaches: %s", async (_what, options, env, right) => {
  const told = await hashicorp(options).where?.({ env, signal });
  const inWords = told?.facts.map(
    ({ what, value, variable }) => `${what} ${value}${variable ? ` from ${variable}` : ""}`,
  );
  expect({ facts: inWords, address: told?.address, caFile: told?.caFile }).toEqual({
    address: undefined,
    caFile: undefined,
    ...right,
  });
});
