import { defineProvider, type Provider, SecretError, type Session } from "@vaultlink/core";
import { memorySession } from "./session.ts";
import type { MemoryState } from "./vault.ts";

/** Members of a session that a memory provider can do without. */
export type Optional = Exclude<keyof Session, "read">;

/** How a memory provider signs in, and what it offers. */
export interface MemoryProviderOptions {
  /** @default "memory" */
  readonly name?: string;
  /** @default the `MEMORY_TOKEN` variable, else a prompt */
  readonly token?: string;
  /** Obtains credentials that last this many ms, which `renew` extends and `revoke` ends. @default uses the token itself */
  readonly lifeMs?: number;
  /** @default 10 */
  readonly maxBatch?: number;
  /** Members that its sessions lack. */
  readonly without?: readonly Optional[];
}

/** Makes a provider for a memory vault. `opened` hears of each session. */
export function memoryProvider(state: MemoryState, options: MemoryProviderOptions, opened: () => void): Provider {
  const { name = "memory", lifeMs, maxBatch = 10, without = [] } = options;
  return defineProvider({
    name,
    ambient: ["MEMORY_TOKEN"],
    async open(context) {
      const { interact } = context;
      let token = options.token ?? context.env["MEMORY_TOKEN"];
      if (token === undefined) {
        if (interact === undefined) {
          throw new SecretError("unauthenticated", "No token.", { mend: "export MEMORY_TOKEN=…" });
        }
        await interact.open("https://memory.example/device");
        interact.show("Copy the token from the page that opened.");
        token = await interact.ask({ label: "Token", secret: true });
      }
      state.calls.open++;
      const credential = await state.gate.pass("open", [], context, () => state.credentials.login(token, lifeMs));
      opened();
      const session = memorySession(state, credential, maxBatch);
      for (const member of without) delete session[member];
      return session;
    },
  });
}
