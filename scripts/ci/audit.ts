/** What the audit of the dependencies found, for one line of text. */
export interface Verdict {
  readonly ok: boolean;
  readonly line: string;
}

const SEVERITIES = ["low", "moderate", "high", "critical"];

/** Judges what `pnpm audit --json` printed. A registry that cannot audit is no failure; a finding of any weight is. */
export function judge(printed: string): Verdict {
  const answer = parsed(printed);
  const error = property(answer, "error");
  if (error !== undefined) {
    const code = property(error, "code");
    return {
      ok: true,
      line: `Not audited: the registry does not answer audits (${typeof code === "string" ? code : "no code"}).`,
    };
  }
  const counts = property(property(answer, "metadata"), "vulnerabilities");
  if (counts === undefined) return { ok: false, line: "The audit printed something that is no report." };
  const found = SEVERITIES.flatMap((severity) => {
    const count = property(counts, severity);
    return typeof count === "number" && count > 0 ? [`${count} ${severity}`] : [];
  });
  if (found.length === 0) return { ok: true, line: "No known vulnerability." };
  return { ok: false, line: `Known vulnerabilities: ${found.join(", ")}. To see them: pnpm audit` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function property(holder: unknown, name: string): unknown {
  return typeof holder === "object" && holder !== null
    ? (holder as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
