import type { TrustOptions } from "../commands/trust.ts";
import type { CliCommand } from "./command.ts";
import { YES } from "./shared.ts";
import type { Json, Ready } from "./types.ts";

/** `trust`. */
export function addTrust(program: CliCommand, ready: Ready): void {
  program
    .command("trust")
    .description("Let the connections that this project defines count, as they are now.")
    .option(...YES)
    .option("--revoke", "Take it back.")
    .json()
    .examples("vaultlink trust", "vaultlink trust --revoke")
    .action((options: TrustOptions & Json) =>
      ready(async (context) => (await import("../commands/trust.ts")).trust(context, options), options),
    );
}
