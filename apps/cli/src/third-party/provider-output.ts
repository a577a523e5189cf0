import { type Env, SecretError } from "@vaultlink/core";
import type { ProgramOptions } from "@vaultlink/core/internal";

/** Says whether what providers of others print is shown. */
const VARIABLE = "VAULTLINK_PROVIDER_OUTPUT";

/** What shows a provider's author why it ended. An agent has no terminal to show it on. */
const SHOW_OUTPUT = `Set VAULTLINK_AGENT=off and ${VARIABLE}=show to see what it prints`;

/** What becomes of what a provider prints, as its user says. Throws `invalid_config` for what is no answer. */
export function outputOf(env: Env): Pick<ProgramOptions, "showsOutput" | "endedHint"> {
  const said = env[VARIABLE];
  if (said === "show") return { showsOutput: true };
  if (said === undefined || said === "") return { endedHint: SHOW_OUTPUT };
  throw new SecretError("invalid_config", `${VARIABLE} must be show, or not set.`, { hint: `unset ${VARIABLE}` });
}
