/**
 * What a package may take at most: what it took when last looked at, and a twentieth. To be raised in the change that
 * needs more, which then says what for.
 */
export interface Budget {
  /** What is fetched, in bytes of the tarball. */
  readonly tarball: number;
  /** What it takes on a disk, in bytes. */
  readonly unpacked: number;
  /** Packages that npm installs for it in an empty folder: itself, what it depends on, and the peers that it must have. */
  readonly packages: number;
}

const KB = 1000;
const MB = 1000 * KB;

export const BUDGETS: Readonly<Record<string, Budget>> = {
  "@vaultlink/agent": { tarball: 49 * KB, unpacked: 158 * KB, packages: 4 },
  "@vaultlink/core": { tarball: 138 * KB, unpacked: 480 * KB, packages: 3 },
  "@vaultlink/create-provider": { tarball: 15 * KB, unpacked: 50 * KB, packages: 1 },
  "@vaultlink/provider-1password": { tarball: 33 * KB, unpacked: 106 * KB, packages: 6 },
  "@vaultlink/provider-aws": { tarball: 37 * KB, unpacked: 122 * KB, packages: 31 },
  "@vaultlink/provider-azure": { tarball: 38 * KB, unpacked: 128 * KB, packages: 54 },
  "@vaultlink/provider-hashicorp": { tarball: 77 * KB, unpacked: 290 * KB, packages: 4 },
  "@vaultlink/testkit": { tarball: 147 * KB, unpacked: 538 * KB, packages: 4 },
  vaultlink: { tarball: 5140 * KB, unpacked: 17 * MB, packages: 1 },
};

/** What a package takes beyond its budget, a sentence each. */
export function excesses(name: string, measured: Budget, budgets: typeof BUDGETS = BUDGETS): readonly string[] {
  const budget = budgets[name];
  if (budget === undefined) return ["it has no budget: scripts/packages/budgets.ts"];
  return [
    ["its tarball takes", "bytes", measured.tarball, budget.tarball],
    ["unpacked it takes", "bytes", measured.unpacked, budget.unpacked],
    ["it installs", "packages", measured.packages, budget.packages],
  ].flatMap(([what, unit, is, most]) =>
    Number(is) > Number(most) ? [`${what} ${is} ${unit}, at most ${most}: scripts/packages/budgets.ts`] : [],
  );
}
