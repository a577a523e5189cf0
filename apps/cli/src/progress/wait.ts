import type { VaultStatus } from "@vaultlink/core";
import { schemeOf } from "@vaultlink/core/internal";

/** What a person waits for. */
export interface Wait {
  /** Names and references that are being resolved; every link where it is absent and no connection is named. */
  readonly names?: readonly string[];
  /** The connection that is being opened or ended. */
  readonly connection?: string;
  /** When it is given up, in ms from its start; absent where that depends on the person. */
  readonly limitMs?: number;
  /** What the vaults do meanwhile. */
  readonly status?: () => VaultStatus | Promise<VaultStatus>;
}

/** What to say of a wait, `elapsedMs` after its start, with what was last known of the vaults. */
export function describeWait(wait: Wait, elapsedMs: number, status: VaultStatus | undefined): string {
  const concerned = connectionsOf(wait, status);
  const throttled = status?.connections.find(
    ({ name, throttledForMs = 0 }) => throttledForMs > 0 && concerned.includes(name),
  );
  const left = wait.limitMs === undefined ? "" : `, ${seconds(wait.limitMs - elapsedMs)} s left`;
  if (throttled !== undefined) {
    return `${throttled.name} asks to wait ${seconds(throttled.throttledForMs ?? 0)} s${left}`;
  }
  const opening =
    status?.connections.filter(({ name, state }) => state === "opening" && concerned.includes(name)) ?? [];
  if (opening.length > 0) return `signing in to ${opening.map(({ name }) => name).join(", ")}${left}`;
  return `waiting for ${concerned.length === 0 ? "the vault" : concerned.join(", ")}${left}`;
}

const seconds = (ms: number): number => Math.max(0, Math.ceil(ms / 1000));

function connectionsOf({ connection, names }: Wait, status: VaultStatus | undefined): readonly string[] {
  if (connection !== undefined) return [connection];
  const links = new Map(status?.links.map(({ name, reference }) => [name, reference]));
  const references = names === undefined ? [...links.values()] : names.map((name) => links.get(name) ?? name);
  const known = new Set(status?.connections.map(({ name }) => name));
  const schemes = references.flatMap((reference) => (reference === null ? [] : (schemeOf(reference) ?? [])));
  return [...new Set(schemes)].filter((name) => known.has(name));
}
