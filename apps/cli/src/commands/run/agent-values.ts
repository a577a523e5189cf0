import type { AgentAccess } from "@vaultlink/agent";
import { type Clock, isSecretError, SecretError } from "@vaultlink/core";
import { sameBytes, Semaphore, type ValueSource } from "@vaultlink/core/internal";

/** Questions for versions under way at a time: the agent takes few of one client. */
const MAX_QUESTIONS = 16;

/**
 * The values of the agent, as core watches them: the agent has the sign-ins. The first look takes what is kept, as the command
 * that was started did. A value that the vault made for this use is left alone until it ends: a look never has the vault make
 * a credential sooner.
 */
export function agentValues(agent: Pick<AgentAccess, "getMany" | "version">, clock: Clock): ValueSource<string> {
  const questions = new Semaphore(MAX_QUESTIONS);
  const read: ValueSource<string>["read"] = async (name, { newerThan, signal } = {}) => {
    const [outcome] = await agent.getMany([name], { refresh: newerThan !== undefined, ...(signal && { signal }) });
    if (outcome?.status !== "fulfilled") throw outcome?.reason;
    return outcome.value;
  };
  return {
    ...{ clock, random: Math.random, read },
    locate: async (name, signal) => ({
      target: name,
      version: () => questions.run(() => agent.version(name, { signal })),
    }),
    isSame: (one, other) => one === other,
    documentOf: () => undefined,
    connectionOf: () => undefined,
    async kept(name, { value }, signal) {
      const now = await read(name, { signal }).catch(() => undefined);
      return now !== undefined && sameBytes(now, value) ? value : now;
    },
    failure: (thrown) => (isSecretError(thrown) ? thrown : gone()),
  };
}

const gone = (): SecretError => new SecretError("unavailable", "The agent went away, and could not be started again.");
