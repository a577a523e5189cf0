import { type Context, defineProvider, type Provider, SecretError, type Session } from "@vaultlink/core/provider";
import { assertVersion, readMemory } from "./read-memory.ts";
import type { MemoryState } from "./memory-state.ts";

const MEND = "export MEMORY_TOKEN=…";

/** A provider for a memory vault: the token comes from the options, `MEMORY_TOKEN`, or a person. */
export function memoryProvider(
  state: MemoryState,
  { token: given, by = "token" }: { readonly token?: string; readonly by?: "token" | "login" },
): Provider {
  return defineProvider({
    name: "memory",
    envVariables: ["MEMORY_TOKEN"],
    async open({ env, prompter }) {
      state.calls.open++;
      const found = given ?? env["MEMORY_TOKEN"] ?? (await ask(prompter));
      if (!found) throw new SecretError("unauthenticated", "There is no token.", { hint: MEND });
      const token = by === "login" ? state.obtain(found) : found;
      return session(state, token, by === "login");
    },
  });
}

async function ask(prompter: Context["prompter"]): Promise<string | undefined> {
  try {
    return await prompter?.ask({ label: "Token", secret: true });
  } catch {
    throw new SecretError("aborted", "Signing in was cancelled.");
  }
}

function session(state: MemoryState, token: string, obtained: boolean): Session {
  const { calls, leases, tokens } = state;
  const who = (): NonNullable<ReturnType<typeof tokens.get>> => {
    const identity = tokens.get(token);
    if (identity !== undefined) return identity;
    throw new SecretError("unauthenticated", "The vault refuses this token.", { hint: MEND });
  };
  return {
    identity: who().name,
    maxBatch: 5,
    async read(locator) {
      assertVersion(locator);
      calls.read++;
      return readMemory(state, who(), locator);
    },
    async readMany(locators) {
      calls.readMany++;
      const identity = who();
      return Promise.allSettled(
        locators.map(async (locator) => {
          assertVersion(locator);
          return readMemory(state, identity, locator);
        }),
      );
    },
    async *list({ prefix }) {
      calls.list++;
      if (who().lists === false) throw new SecretError("denied", "The vault does not let this identity list.");
      for (const path of state.documents.keys()) if (path.startsWith(prefix)) yield { locator: { path, query: {} } };
    },
    async release(lease) {
      calls.release++;
      leases.delete(lease);
    },
    ...(obtained && {
      async renew() {
        calls.renew++;
        who();
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
