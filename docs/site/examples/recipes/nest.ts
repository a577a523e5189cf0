import type { DynamicModule, OnApplicationShutdown } from "@nestjs/common";
import { vault } from "./vault.ts";

/** The token to inject: `@Inject(VAULT) private readonly vault: Vault`. */
export const VAULT = Symbol("vault");

/** Nest calls it when it shuts down, after `app.enableShutdownHooks()`. */
class VaultModule implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await vault.close();
  }
}

export const vaultModule: DynamicModule = {
  module: VaultModule,
  global: true,
  providers: [{ provide: VAULT, useValue: vault }],
  exports: [VAULT],
};
