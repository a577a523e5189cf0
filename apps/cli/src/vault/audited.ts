import type { VaultOptions } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { auditFile } from "../config/paths.ts";
import type { CliContext } from "../context.ts";
import { wantsAudit } from "../policy/limits.ts";
import { vaultOptions } from "./options.ts";

/** As `vaultOptions`, for a vault whose values are given out: they are noted where the user or the policy wants that. */
export async function auditedOptions(context: CliContext, configuration: Configuration): Promise<VaultOptions> {
  const options = vaultOptions(context, configuration);
  const { policy, user } = configuration;
  if (!wantsAudit(user.content, policy?.content)) return options;
  const { createAudit } = await import("@vaultlink/agent");
  return { ...options, onAccess: createAudit({ file: auditFile(context), reader: context.command ?? "vaultlink" }) };
}
