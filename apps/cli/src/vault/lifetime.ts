import { USE_AGENT } from "../agent/open.ts";
import type { CliContext } from "../context.ts";
import type { SignedIn } from "./sign-in.ts";

/** Says how long a login by hand to a connection lasts, since a person would expect it to last, and what makes it last. */
export function tellLifetime(
  context: Pick<CliContext, "notice" | "platform">,
  connection: string,
  { byPerson }: Pick<SignedIn, "byPerson">,
  fromInput = false,
): void {
  if (!byPerson && !fromInput) return;
  context.notice("Credentials given by hand last for one command, since no agent runs here.");
  // Each step on a line of its own, so that it can be copied.
  if (context.platform === "win32") return;
  for (const step of ["To stay signed in:", `  ${USE_AGENT}`, `  vaultlink reauth ${connection}`]) context.notice(step);
}
