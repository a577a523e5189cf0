import { type Clock, isSecretError, SecretError, type SecretValue } from "@vaultlink/core";
import type { AgentAccess } from "@vaultlink/agent";

/** What is looked at through the agent, and who is told. */
export interface AgentWatch {
  readonly agent: Pick<AgentAccess, "getMany">;
  readonly clock: Clock;
  readonly names: readonly string[];
  /** Ms between two looks. */
  readonly everyMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** A name has a new version, or gives a value again. */
  readonly changed: () => void;
  /** A name gives no value any more; told again only where it fails in another way. */
  readonly failed: (name: string, error: SecretError) => void;
}

/**
 * Looks at names again and again in the agent, which has the sign-ins. The first look takes what is kept, as the command that
 * was started did; each later one asks the vaults. A value that the vault made for this use is left alone until it ends: a
 * look never has the vault make a credential sooner.
 */
export function watchByAgent({ agent, clock, names, everyMs, signal, changed, failed }: AgentWatch): void {
  const seen = new Map<string, SecretValue>();
  const failures = new Map<string, string>();
  const take = (name: string, outcome: PromiseSettledResult<SecretValue> | undefined): boolean => {
    if (outcome?.status !== "fulfilled") {
      const error = asSecretError(outcome?.reason);
      const what = `${error.code} ${error.details.reason ?? ""}`;
      if (failures.get(name) !== what) failed(name, error);
      failures.set(name, what);
      return false;
    }
    const before = seen.get(name);
    seen.set(name, outcome.value);
    return failures.delete(name) || (before !== undefined && !isSame(before, outcome.value));
  };
  const look = async (refresh: boolean): Promise<void> => {
    const isLeased = (name: string): boolean => seen.get(name)?.provenance.leased === true;
    const [leased, others] = [names.filter(isLeased), names.filter((name) => !isLeased(name))];
    const outcomes = await Promise.all([
      read(agent, others, { signal, refresh }),
      read(agent, leased, { signal, refresh: false }),
    ]);
    if (signal.aborted) return;
    const asked = [...others, ...leased];
    if (outcomes.flat().filter((outcome, at) => take(asked[at] ?? "", outcome)).length > 0) changed();
    clock.after(everyMs, () => void (signal.aborted || look(true)));
  };
  void look(false);
}

/** What each name gives; where the agent cannot be asked, that for each. */
async function read(
  agent: AgentWatch["agent"],
  names: readonly string[],
  options: { readonly signal: AbortSignal; readonly refresh: boolean },
): Promise<ReadonlyArray<PromiseSettledResult<SecretValue>>> {
  try {
    return await agent.getMany(names, options);
  } catch (reason) {
    return names.map(() => ({ status: "rejected", reason }));
  }
}

const asSecretError = (thrown: unknown): SecretError =>
  isSecretError(thrown)
    ? thrown
    : new SecretError("unavailable", "The agent went away, and could not be started again.");

/** Where both have a version, it decides, as for `watch` of the library. */
function isSame(one: SecretValue, other: SecretValue): boolean {
  const [before, now] = [one.provenance.version, other.provenance.version];
  return before !== undefined && now !== undefined ? before === now : Buffer.compare(one.bytes(), other.bytes()) === 0;
}
