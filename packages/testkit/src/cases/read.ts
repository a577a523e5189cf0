import type { Session } from "@vaultlink/core/provider";
import { lend } from "../kit/context.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { checkDocument } from "../kit/document.ts";
import { answered, check, isRecord, kind, same } from "../kit/expect.ts";
import { first, withSubject } from "../kit/session.ts";
import type { Existing, Subject } from "../subject.ts";

const define = group("read");

/** What `read` must give. */
export const readCases: readonly Definition[] = [
  define("reads what exists", [], async (subject) => {
    check(subject.existing.length > 0, "The subject's `existing` is empty: the kit needs a document that can be read.");
    for (const [index, existing] of subject.existing.entries()) await reads(subject, existing, `existing[${index}]`);
  }),
  define("returns bytes unchanged", ["bytes"], async (subject) => {
    const { bytes } = subject;
    check(
      Buffer.compare(Buffer.from(Buffer.from(bytes.value).toString("utf8"), "utf8"), bytes.value) !== 0,
      "The subject's `bytes` are valid UTF-8, so a provider that decodes them would go unnoticed. Use e.g. 0xff 0x00 0x80.",
    );
    await reads(subject, bytes, "bytes");
  }),
  define("an empty value is a value", ["empty"], async (subject) => {
    check(
      isEmpty(subject.empty.value),
      "The subject's `empty` is not empty: it must be a text, bytes or fields of which nothing is left.",
    );
    await reads(subject, subject.empty, "empty");
  }),
  define("reads a pinned version", ["pinned"], (subject) => reads(subject, subject.pinned, "pinned")),
  define("one read is one attempt", ["requests"], async (subject) => {
    const { locator } = first(subject);
    const before = subject.requests();
    const healthy = await withSubject(subject, async ({ session, context }) => {
      const opened = subject.requests();
      await answered(session.read(locator, context()), "`read` of `existing[0]`");
      const read = subject.requests();
      await answered(session.read(locator, context()), "`read` of `existing[0]`");
      return { open: opened - before, read: read - opened, warm: subject.requests() - read };
    });
    const allowed = subject.requestsPerRead ?? 1;
    check(
      healthy.warm === allowed,
      `A read in a warm session made ${healthy.warm} requests instead of ${allowed}. A provider asks the vault once for each \`read\`: ` +
        "core caches. If this vault needs more than one request, say so in the subject's `requestsPerRead`.",
    );
    await retriesNothing(subject, healthy);
  }),
  define("`requests` counts what reached the vault", ["requests"], async (subject) => {
    const { locator } = first(subject);
    const before = subject.requests();
    const closed = await withSubject(subject, async ({ session, context }) => {
      // Only where the vault counts them against a quota is there anything to tell.
      if (session.requests === undefined) return session;
      for (const time of ["After a read", "After a second read"]) {
        await answered(session.read(locator, context()), "`read` of `existing[0]`");
        const [told, arrived] = [session.requests(), subject.requests() - before];
        check(
          told === arrived,
          `${time}, \`requests\` told ${String(told)}, and ${arrived} had reached the vault, those of \`open\` included.`,
        );
      }
      return session;
    });
    check(
      closed.requests === undefined || closed.requests() === subject.requests() - before,
      "After `close`, `requests` must still tell how many there were.",
    );
  }),
  define("`fresh` is obeyed", ["changing"], async (subject) => {
    const { locator, change } = subject.changing;
    await withSubject(subject, async ({ session, context }) => {
      await answered(session.read(locator, context()), "`read` of `changing`");
      const value: unknown = await Reflect.apply(change, subject.changing, []);
      const document = await answered(
        session.read(locator, context({ fresh: true })),
        "`read` of `changing` with `fresh`",
      );
      check(
        same(document.value, value),
        "After a change at the vault, `read` with `context.fresh` gave what was there before. " +
          "With `fresh` only the vault may answer: use nothing remembered, not even where a name pointed.",
      );
    });
  }),
];

async function reads(subject: Subject, { locator, value }: Existing, what: string): Promise<void> {
  await withSubject(subject, async ({ session, context }) => {
    const document = await answered(session.read(locator, context()), `\`read\` of \`${what}\``);
    checkDocument(document, `\`read\` of \`${what}\``);
    check(
      same(document.value, value),
      `\`read\` of \`${what}\` gave another value: expected ${kind(value)}, got ${kind(document.value)}` +
        `${kind(value) === kind(document.value) ? " with other content" : ""}. Give what the vault stores, unchanged.`,
    );
  });
}

/** A failing step must not cost more requests than the same step in health: more are retries, and core retries. */
async function retriesNothing(
  subject: With<"requests">,
  healthy: { readonly open: number; readonly read: number },
): Promise<void> {
  const provider = subject.broken("empty-500");
  const context = lend(provider, subject.env);
  let before = subject.requests();
  let step: "open" | "read" = "open";
  let session: Session | undefined;
  try {
    session = await provider.open(context);
    before = subject.requests();
    step = "read";
    await session.read(first(subject).locator, context);
  } catch {
    // That it fails, and how, is judged by the cases on faults.
  } finally {
    await session?.close?.();
  }
  const made = subject.requests() - before;
  check(
    made <= healthy[step],
    `A failing \`${step}\` made ${made} requests, where a healthy one makes ${healthy[step]}: the provider or its SDK ` +
      "retries. Switch the SDK's retries off: core has the one retry layer and the one deadline.",
  );
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}
