import type { CliContext } from "../context.ts";
import type { SignedIn } from "./sign-in.ts";

/** Says how long a login by hand lasts, since a person would expect it to last. */
export function tellLifetime(
  context: Pick<CliContext, "notice" | "platform">,
  { byPerson }: Pick<SignedIn, "byPerson">,
  fromInput = false,
): void {
  if (!byPerson && !fromInput) return;
  const instead = context.platform === "win32" ? "" : "; an agent keeps you signed in: export VAULTLINK_AGENT=on";
  context.notice(`Credentials given by hand last for one command, since no agent runs here${instead}.`);
}
