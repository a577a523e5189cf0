import { type LinkStatus, SecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";

/** Why the machine's policy leaves a connection out; `undefined` where it does not. */
export function policyRefusal(
  connection: string | undefined,
  { connections, ended, refused }: Pick<Configuration, "connections" | "ended" | "refused">,
): SecretError | undefined {
  if (connection === undefined || connections.has(connection)) return undefined;
  const sentence = refused.get(connection);
  if (sentence !== undefined)
    return new SecretError("forbidden", sentence, { reason: "policy", hint: "vaultlink status" });
  if (!ended.has(connection)) return undefined;
  return new SecretError("unresolved", "The connection was disconnected for everybody of this machine.", {
    reason: "disconnected",
    hint: "vaultlink status",
  });
}

/** The same as a link's status. */
export function statusOfRefusal({ details }: SecretError): Pick<LinkStatus, "state" | "reason" | "hint"> {
  return {
    state: "unresolved",
    reason: details.reason === "disconnected" ? "disconnected" : "forbidden",
    ...(details.hint !== undefined && { hint: details.hint }),
  };
}
