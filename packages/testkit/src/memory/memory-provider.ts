import { defineProvider, findCredential, type Provider, SecretError, type Session } from "@vaultlink/core/provider";
import { assertLocator, assertWanted, readMemory } from "./read-memory.ts";
import type { MemoryState } from "./memory-state.ts";

const HINT = "export MEMORY_TOKEN=…";

/** A provider for a memory vault: the token comes from the options, `MEMORY_TOKEN`, or a person. */
export function memoryProvider(
  state: MemoryState,
  { token: given, by = "token" }: { readonly token?: string; readonly by?: "token" | "login" },
): Provider {
  return defineProvider({
    name: "memory",
    envVariables: ["MEMORY_TOKEN"],
    async open(context) {
      assertWanted(context);
      state.calls.open++;
      const sources = { given, variable: "MEMORY_TOKEN", label: "token", hint: HINT };
      const found = await findCredential(context, sources);
      const token = by === "login" ? state.obtain(found) : found;
      return session(state, token, by === "login");
    },
  });
}

function session(state: MemoryState, token: string, obtained: boolean): Session {
  const { calls, leases, tokens } = state;
  const who = (): NonNullable<ReturnType<typeof tokens.get>> => {
    const identity = tokens.get(token);
    if (identity !== undefined) return identity;
    throw new SecretError("unauthenticated", "The vault refuses this token.", { hint: HINT });
  };
  return {
    identity: who().name,
    maxBatch: 5,
    async read(locator, context) {
      assertLocator(locator);
      assertWanted(context);
      calls.read++;
      return readMemory(state, who(), locator);
    },
    async readMany(locators, context) {
      assertWanted(context);
      calls.readMany++;
      const identity = who();
      return Promise.allSettled(
        locators.map(async (locator) => {
          assertLocator(locator);
          return readMemory(state, identity, locator);
        }),
      );
    },
    async version(locator, context) {
      assertLocator(locator);
      assertWanted(context);
      calls.version++;
      return readMemory(state, who(), locator).version ?? "";
    },
    async *list({ prefix }, context) {
      assertWanted(context);
      calls.list++;
      if (who().lists === false) throw new SecretError("denied", "The vault does not let this identity list.");
      for (const path of state.documents.keys()) {
        assertWanted(context);
        const disabled = state.disabled.has(path);
        if (path.startsWith(prefix))
          yield { locator: { path, query: {} }, ...(disabled && { state: "disabled" as const }) };
      }
    },
    async release(lease) {
      calls.release++;
      leases.delete(lease);
    },
    ...(obtained && {
      async renew(context) {
        assertWanted(context);
        calls.renew++;
        who();
        state.extend(token);
        return Infinity;
      },
      async revoke() {
        calls.revoke++;
        tokens.delete(token);
      },
    }),
    async close() {},
  };
}
