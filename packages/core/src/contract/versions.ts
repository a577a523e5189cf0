import type { Provider } from "./provider.ts";

/** Which versions of the contract a core runs. */
export interface ContractVersions {
  /** What it speaks itself. */
  readonly current: number;
  /**
   * How a provider of an older version becomes one of the version after it: by the older version. A version that is not
   * here, nor current, no longer runs. Nothing else in core knows two versions.
   */
  readonly upgrades: Readonly<Record<number, (provider: Provider) => Provider>>;
}

/** Those of this core. There has been one version so far. */
export const CONTRACT: ContractVersions = { current: 1, upgrades: {} };

/** Why a version does not run here: it is newer than what is spoken, older than what still runs, or no version at all. */
export type VersionFault = "newer" | "older" | "unknown";

/** What keeps something written for a version of the contract from running here, or `undefined`. */
export function versionFault(version: unknown): VersionFault | undefined {
  if (typeof version !== "number" || !Number.isSafeInteger(version)) return "unknown";
  if (version > CONTRACT.current) return "newer";
  for (let at = version; at < CONTRACT.current; at++) if (!Object.hasOwn(CONTRACT.upgrades, at)) return "older";
  return undefined;
}

/** A provider of a version that runs here, as one of the current version: the same object where it is that already. */
export function upgradeProvider(provider: Provider): Provider {
  let upgraded = provider;
  for (let at: number = provider.specVersion; at < CONTRACT.current; at++) {
    upgraded = CONTRACT.upgrades[at]?.(upgraded) ?? upgraded;
  }
  return upgraded;
}
