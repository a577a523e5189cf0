import type { SecretDocument } from "@vaultlink/core/provider";
import { lacksBytes, lacksTexts } from "./lacking.ts";
import { aboutVersions, type Difference, type Mutant, mutantsOf, reading } from "./mutant.ts";

const VALUES = "awkward values are read as they are";
const NAMES = "awkward names are read as they are";

/** A session whose documents are others. */
const giving = (
  change: (value: SecretDocument["value"]) => SecretDocument["value"],
): NonNullable<Difference["session"]> =>
  reading(async (read, ...given) => {
    const document = await read(...given);
    return { ...document, value: change(document.value) };
  });

const text = (change: (held: string) => SecretDocument["value"]): NonNullable<Difference["session"]> =>
  giving((value) => (typeof value === "string" ? change(value) : value));

const bytes = (change: (held: Uint8Array) => Uint8Array): Difference => ({
  caughtBy: [VALUES],
  lacks: lacksBytes,
  session: giving((value) => (value instanceof Uint8Array ? change(value) : value)),
});

/** A session that knows names of a certain length only. */
const cutting = (length: number): Difference => ({
  caughtBy: [NAMES],
  session: reading((read, { path, query }, context) => read({ path: path.slice(0, length), query }, context)),
});

/** A session that takes a number for the newest version. */
const newest = (number: string): Difference => ({
  caughtBy: ["a version that does not exist is refused"],
  session: aboutVersions((qualifier) =>
    reading((read, { path, query }, context) =>
      read({ path, query: query[qualifier] === number ? {} : query }, context),
    ),
  ),
  lacks: ({ pinned }) =>
    Object.values(pinned?.locator.query ?? {}).every((version) => /^\d+$/.test(version))
      ? undefined
      : "Your versions are no numbers.",
});

function lines(held: string, separator: string): SecretDocument["value"] {
  if (!new RegExp(`^\\w+${separator}\\S`).test(held)) return held;
  return Object.fromEntries(
    held
      .trim()
      .split("\n")
      .map((line) => line.split(separator) as [string, string]),
  );
}

/** What it loses of names and values. */
export const losingMutants: readonly Mutant[] = mutantsOf({
  "writes JSON anew": {
    caughtBy: [VALUES],
    lacks: lacksTexts,
    session: text((held) => held.replaceAll(/(?<=[{,[])\s+|\s+(?=[}\]])/g, "")),
  },
  "takes texts for YAML": { caughtBy: [VALUES], lacks: lacksTexts, session: text((held) => lines(held, ": ")) },
  "takes texts for variables": { caughtBy: [VALUES], lacks: lacksTexts, session: text((held) => lines(held, "=")) },
  "writes times anew": {
    caughtBy: [VALUES],
    lacks: lacksTexts,
    session: text((held) => (/^\d{4}-\d\d-\d\dT/.test(held) ? new Date(held).toISOString() : held)),
  },
  "cuts texts at 100 KiB": { caughtBy: [VALUES], lacks: lacksTexts, session: text((held) => held.slice(0, 102_400)) },
  "cuts bytes at 64 KiB": bytes((held) => held.slice(0, 65_536)),
  "takes the last line end off bytes": bytes((held) =>
    held.at(-1) === 0x0a && held.at(-2) === 0x0a ? held.slice(0, -1) : held,
  ),
  "cuts names at 100 characters": cutting(100),
  "cuts names at 255 characters": cutting(255),
  "takes version zero for the newest": newest("0"),
  "takes version minus one for the newest": newest("-1"),
});
