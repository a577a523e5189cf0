import { type Placed, holds, placeNames, placeValues } from "../kit/awkward.ts";
import { type Definition, group } from "../kit/definition.ts";
import { answered, check } from "../kit/expect.ts";
import { type Opened, withSubject } from "../kit/session.ts";

const define = group("read");

/** What a vault may hold, and few think of. */
export const awkwardCases: readonly Definition[] = [
  define("awkward names are read as they are", ["put"], async (subject) => {
    const placed = await placeNames(subject);
    check(placed.length > 0, "`put` of the subject refused every name that the kit tried, plain ones included.");
    await agree(
      subject,
      placed,
      "Encode each part of a path once (`encodePath`), and change nothing else of it: no case, no blanks, no accents.",
    );
  }),
  define("awkward values are read as they are", ["put"], async (subject) => {
    const placed = await placeValues(subject);
    check(placed.length > 0, "`put` of the subject refused every value that the kit tried.");
    await agree(
      subject,
      placed,
      "Give what the vault stores: nothing trimmed, cut, parsed, turned into text or left out.",
    );
  }),
];

async function agree(
  subject: Parameters<typeof placeNames>[0],
  placed: readonly Placed[],
  rule: string,
): Promise<void> {
  await withSubject(subject, async (opened) => {
    const { session, context } = opened;
    for (const one of placed) {
      const document = await answered(
        session.read(one.locator, context()),
        `\`read\` of ${one.what}, which \`put\` of the subject wrote at \`listed\`,`,
      );
      check(holds(document, one), `\`read\` of ${one.what} gave something else than was put there. ${rule}`);
    }
    for (const [index, outcome] of (await batched(opened, placed)).entries()) {
      const one = placed[index];
      if (one === undefined) continue;
      check(
        outcome?.status === "fulfilled" && holds(outcome.value, one),
        `\`readMany\` gave something else for ${one.what} than was put there. ${rule}`,
      );
    }
  });
}

/** The same documents by `readMany`, in lists of at most `maxBatch`. */
async function batched({ session, context }: Opened, placed: readonly Placed[]): Promise<Outcomes> {
  if (session.readMany === undefined) return [];
  const outcomes: Outcomes = [];
  const size = session.maxBatch ?? placed.length;
  for (let at = 0; at < placed.length; at += size) {
    const locators = placed.slice(at, at + size).map(({ locator }) => locator);
    outcomes.push(...(await answered(session.readMany(locators, context()), "`readMany` of awkward names")));
  }
  return outcomes;
}

type Outcomes = Array<Awaited<ReturnType<NonNullable<Opened["session"]["readMany"]>>>[number] | undefined>;
