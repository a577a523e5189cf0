import type { ResetOptions } from "../commands/cache.ts";
import type { CliCommand } from "./command.ts";
import type { Json, Ready } from "./types.ts";

/** `cache status`, `cache ttl`, `cache reset`: offline, no connection is opened. */
export function addCache(program: CliCommand, ready: Ready): void {
  const cache = program
    .command("cache")
    .description("Show or change how long values are kept, or drop them.")
    .usage("<command>");
  cache
    .command("status")
    .description("Show how long values are kept, and how many are.")
    .json()
    .examples("vaultlink cache status")
    .action((options: Json) =>
      ready(async (context) => (await import("../commands/cache.ts")).cacheStatus(context), options),
    );
  cache
    .command("ttl")
    .description("Show or set the time to live of cached values.")
    .argument("[minutes]", "whole minutes, or such as 90m or 2h; 0 keeps nothing")
    .json()
    .examples("vaultlink cache ttl", "vaultlink cache ttl 45", "vaultlink cache ttl 2h")
    .action((minutes: string | undefined, options: Json) =>
      ready(async (context) => (await import("../commands/cache.ts")).cacheTtl(context, minutes), options),
    );
  cache
    .command("reset")
    .description("Drop cached values, so that the next read asks the vault.")
    .argument("[name]", "only the document behind this name")
    .option("--connection <connection>", "Only what came from this connection.")
    .json()
    .examples("vaultlink cache reset", "vaultlink cache reset DB_PASSWORD", "vaultlink cache reset --connection hcv")
    .action((name: string | undefined, options: ResetOptions & Json) =>
      ready(async (context) => (await import("../commands/cache.ts")).cacheReset(context, name, options), options),
    );
}
