import { SecretError } from "@vaultlink/core";
import type { Configuration } from "../config/load.ts";
import { clean } from "../output/clean.ts";
import { closesOwn } from "./own-connections.ts";

/** Throws `forbidden` where a user may not define a connection of this name and provider, since the policy says so. */
export function expectOwn(name: string, provider: string, { connections, ended, policy }: Configuration): void {
  if (policy === undefined) return;
  const ask = `Ask who may edit ${clean(policy.file)}`;
  if (connections.get(name)?.origin === "policy") {
    throw new SecretError("forbidden", `${name} is this machine's: its policy defines it, for every user.`, {
      reason: "policy",
      hint: `vaultlink reauth ${name}`,
    });
  }
  if (ended.has(name)) {
    throw new SecretError("forbidden", `${name} was disconnected for everybody of this machine; it keeps its name.`, {
      reason: "policy",
      hint: ask,
    });
  }
  // An own connection that is defined anew is no further one.
  const others = new Map([...connections].filter(([other]) => other !== name));
  const sentence = closesOwn(provider, others, policy.content);
  if (sentence === undefined) return;
  throw new SecretError("forbidden", sentence, { reason: "policy", hint: ask });
}
