/** What the hot paths took when they were last looked at. A count holds for one Node on one kind of processor. */
export interface Baselines {
  /** The exact version of Node. */
  readonly node: string;
  /** As `process.arch` says it. */
  readonly arch: string;
  /** Instructions, by the name of the path. */
  readonly paths: Readonly<Record<string, number>>;
}

/** How much more than its baseline a path may take. */
const TOLERANCE = 0.03;

/** How one path went. */
export interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  /** A line for the person. */
  readonly said: string;
}

/** Compares what was counted with the baselines: each path that takes over 3 % more has failed, and one without any. */
export function compare(counted: Baselines["paths"], baselines: Baselines["paths"]): readonly Verdict[] {
  return Object.entries(counted).map(([name, count]) => {
    const baseline = baselines[name];
    const shown = `${name}: ${count.toLocaleString("en")} instructions`;
    if (baseline === undefined) return { name, ok: false, said: `${shown}, and no baseline` };
    const change = count / baseline - 1;
    const percent = `${change < 0 ? "−" : "+"}${Math.abs(change * 100).toFixed(2)} %`;
    const ok = count <= baseline * (1 + TOLERANCE);
    const hint = !ok ? ": too many" : change < -TOLERANCE ? ": fewer, so renew the baselines" : "";
    return { name, ok, said: `${shown}, ${percent}${hint}` };
  });
}
