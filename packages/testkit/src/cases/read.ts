import { lend } from "../kit/context.ts";
import { type Definition, group, type With } from "../kit/definition.ts";
import { failureOf } from "../kit/failure.ts";
import { unlike } from "../kit/unlike.ts";
import { openSession } from "../kit/watch.ts";
import { attempts } from "../kit/attempts.ts";
import { checkDocument } from "../kit/document.ts";
import { answered, check, isRecord, kind, refused, same } from "../kit/expect.ts";
import { first, offered, type Opened, withSubject } from "../kit/session.ts";
import type { SecretDocument } from "@vaultlink/core/provider";
import type { Existing } from "../subject.ts";

const define = group("read");

/** What `read` must give. */
export const readCases: readonly Definition[] = [
  define("reads what exists", [], async (subject) => {
    check(subject.existing.length > 0, "The subject's `existing` is empty: the kit needs a document that can be read.");
    await withSubject(subject, async (opened) => {
      const lapses: Array<number | undefined> = [];
      for (const [index, existing] of subject.existing.entries()) {
        lapses.push((await reads(opened, existing, `existing[${index}]`)).expiresAt);
      }
      // A vault may give what has lapsed, but not nothing else. Zero says: do not keep.
      check(
        !lapses.every((lapse) => lapse !== undefined && lapse !== 0 && lapse < Date.now()),
        "The `expiresAt` of every document of `existing` has passed. Give when it lapses, or 0 for what must not be kept at all.",
      );
    });
  }),
  define("returns bytes unchanged", ["bytes"], async (subject) => {
    const { bytes } = subject;
    check(
      Buffer.compare(Buffer.from(Buffer.from(bytes.value).toString("utf8"), "utf8"), bytes.value) !== 0,
      "The subject's `bytes` are valid UTF-8, so a provider that decodes them would go unnoticed. Use e.g. 0xff 0x00 0x80.",
    );
    await withSubject(subject, async (opened) => void (await reads(opened, bytes, "bytes")));
  }),
  define("an empty value is a value", ["empty"], async (subject) => {
    check(
      isEmpty(subject.empty.value),
      "The subject's `empty` is not empty: it must be a text, bytes or fields of which nothing is left.",
    );
    await withSubject(subject, async (opened) => void (await reads(opened, subject.empty, "empty")));
  }),
  define("reads a pinned version", ["pinned"], async (subject) => {
    const { path, query } = subject.pinned.locator;
    await withSubject(subject, async (opened) => {
      const { session, context } = opened;
      await reads(opened, subject.pinned, "pinned");
      const pinned = await answered(session.read({ path, query }, context()), "`read` of `pinned`");
      const current = await session.read({ path, query: {} }, context()).catch(() => undefined);
      check(
        current?.version === undefined || current.version !== pinned.version,
        "The pinned document and the current one carry one `version`, although they differ. Give the vault's own id of each.",
      );
    });
  }),
  define("a version that does not exist is refused", ["pinned"], (subject) =>
    withSubject(subject, async ({ session, context }) => {
      const { path, query } = subject.pinned.locator;
      for (const [name, value] of Object.entries(query)) {
        for (const [what, other] of wrongVersions(value)) {
          const locator = { path, query: { ...query, [name]: other } };
          await refused(
            session.read(locator, context()),
            ["not_found", "invalid_reference", "unusable", "denied"],
            `\`read\` of \`pinned\` with ${what} \`${name}\``,
            "Never give another version than the one that was asked for.",
          );
        }
      }
    }),
  ),
  define("one read is one attempt", ["requests"], async (subject) => {
    const { warm, allowed } = await attempts(subject);
    check(
      warm === allowed,
      `A read in a warm session made ${warm} requests instead of ${allowed}. A provider asks the vault once for each \`read\`: ` +
        "core caches. If this vault needs more than one request, say so in the subject's `requestsPerRead`.",
    );
  }),
  define(
    "`requests` counts what reached the vault",
    ["requests"],
    async (subject) => {
      const { locator } = first(subject);
      const before = subject.requests();
      let others = 0;
      const closed = await withSubject(subject, async ({ session, context }) => {
        const told = offered(session, "requests");
        for (const time of ["After a read", "After a second read"]) {
          await answered(session.read(locator, context()), "`read` of `existing[0]`");
          const [said, arrived] = [told(), subject.requests() - before];
          check(
            said === arrived,
            `${time}, \`requests\` told ${String(said)}, and ${arrived} had reached the vault, those of \`open\` included.`,
          );
        }
        const [own, all] = [told(), subject.requests()];
        await withSubject(subject, (other) => other.session.read(locator, other.context()));
        check(told() === own, "`requests` of one session counts what another one sent.");
        others = subject.requests() - all;
        return session;
      });
      check(
        closed.requests?.() === subject.requests() - before - others,
        "After `close`, `requests` must still tell how many there were.",
      );
      await failedOpen(subject);
    },
    ["requests"],
  ),
];

async function reads(
  { session, context }: Opened,
  { locator, value }: Existing,
  what: string,
): Promise<SecretDocument> {
  const document = await answered(session.read(locator, context()), `\`read\` of \`${what}\``);
  checkDocument(document, `\`read\` of \`${what}\``);
  check(
    same(document.value, value),
    `\`read\` of \`${what}\` gave another value: expected ${kind(value)}, got ${kind(document.value)}` +
      `${kind(value) === kind(document.value) ? " with other content" : ""}. Give what the vault stores, unchanged.`,
  );
  return document;
}

/** What names no version, and what a reader of numbers may take for one. */
function* wrongVersions(value: string): Generator<readonly [what: string, other: string]> {
  yield ["another", unlike(value)];
  yield ["an empty", ""];
  yield ["a letter after the", `${value}x`];
  if (!/^\d+$/.test(value)) return;
  yield ["the exponent of a number as", `${value}e0`];
  // To some vaults and lists these are the newest one.
  yield ["zero as", "0"];
  yield ["minus one as", "-1"];
}

/** An `open` that fails says how many requests it cost: there is no session that could. */
async function failedOpen(subject: With<"requests">): Promise<void> {
  const provider = subject.broken("bad-credentials");
  const before = subject.requests();
  const failed = await openSession(provider, lend(provider, subject.env)).then(
    async (session) => {
      await session.close?.();
      return undefined;
    },
    (thrown: unknown) => failureOf(thrown),
  );
  const arrived = subject.requests() - before;
  check(
    failed === undefined || (failed.details.requests ?? 0) === arrived,
    `An \`open\` that failed had sent ${arrived} requests, and its error says ${failed?.details.requests ?? "nothing"} in \`details.requests\`.`,
  );
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length === 0;
  return isRecord(value) && Object.values(value).every(isEmpty);
}
