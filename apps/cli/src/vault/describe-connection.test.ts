import type { ConnectionStatus } from "@vaultlink/core";
import { expect, it } from "vitest";
import { openWorld } from "../../test/context.ts";
import { describeConnection } from "./describe-connection.ts";
import { configure } from "./with-vault.ts";

const unauthenticated = (reason: string) => ({ code: "unauthenticated", message: "No.", reason }) as const;

it.each<[string, Partial<ConnectionStatus>]>([
  ["not opened", { state: "disconnected" }],
  ["not signed in", { state: "expired", error: unauthenticated("not-authenticated") }],
  ["expired", { state: "expired", error: unauthenticated("expired") }],
  ["failed", { state: "failed", error: { code: "unavailable", message: "No." } }],
  ["ready", { state: "ready" }],
])("N7: a connection is %s", async (state, status) => {
  const configuration = await configure(await openWorld());
  const connection = { name: "mem", provider: "memory", state: "ready", cached: 0, calls: 0, ...status } as const;
  expect(describeConnection(connection, configuration).state).toBe(state);
});
