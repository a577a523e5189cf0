import type { DynamicModule } from "@nestjs/common";
import type { Vault } from "@vaultlink/core";
import { vault } from "./vault.ts";

/** The token to inject: `@Inject(VAULT) private readonly vault: Vault`. */
export const VAULT = Symbol("vault");

export const vaultModule: DynamicModule = {
  module: class VaultModule {},
  global: true,
  providers: [{ provide: VAULT, useFactory: (): Vault & Shutdown => closing(vault) }],
  exports: [VAULT],
};

interface Shutdown {
  onApplicationShutdown(): Promise<void>;
}

/** Nest calls this when it shuts down, after `app.enableShutdownHooks()`. */
function closing(open: Vault): Vault & Shutdown {
  return Object.assign(open, { onApplicationShutdown: () => open.close() });
}
