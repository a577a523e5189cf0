import { type Definition, group } from "../kit/definition.ts";
import { answered, check, refused } from "../kit/expect.ts";
import { failureOf } from "../kit/failure.ts";
import { ENOUGH, placeMany, take } from "../kit/listing.ts";
import { first, offered, withSession, withSubject } from "../kit/session.ts";
import { skipped } from "../kit/skipped.ts";

const define = group("list");
const OFFERS = ["list"] as const;

/** Listings that fail, and listings that are refused. */
export const listFaultCases: readonly Definition[] = [
  define(
    "a listing that fails midway says so",
    ["breaking"],
    async (subject) => {
      await placeMany(subject);
      const all = await withSubject(subject, (opened) => take(opened, subject.listed, ENOUGH));
      const { provider, begin } = subject.breaking("empty-500");
      await withSession(provider, subject.env, async ({ session, context }) => {
        let seen = 0;
        const listed = async (): Promise<void> => {
          for await (const _ of offered(session, "list")({ prefix: subject.listed ?? "" }, context())) {
            if (++seen === 1) await begin();
          }
        };
        const code = await listed().then(
          () => undefined,
          (thrown: unknown) => failureOf(thrown).code,
        );
        if (code === undefined && seen === all.length) skipped("The first page of a listing held everything.");
        check(
          code === "unavailable",
          `The vault failed after ${seen} of ${all.length} entries, and \`list\` ${code === undefined ? "ended as if that were all" : `failed with \`${code}\``}. ` +
            "What is left out looks as if it were not there: `unavailable`.",
        );
      });
    },
    OFFERS,
  ),
  define(
    "refused listing leaves `read` working",
    ["unlisted"],
    (subject) =>
      withSession(subject.unlisted(), subject.env, async (opened) => {
        offered(opened.session, "list");
        await take(opened, subject.listed, ENOUGH).catch(() => []);
        await answered(opened.session.read(first(subject).locator, opened.context()), "`read` by who may not list");
      }),
    OFFERS,
  ),
  define(
    "a refused listing is `denied`",
    ["unlisted"],
    async (subject) => {
      await withSession(subject.unlisted(), subject.env, async (opened) => {
        offered(opened.session, "list");
        let seen = 0;
        const failed = await take(opened, subject.listed, ENOUGH).then(
          (entries) => void (seen = entries.length),
          (thrown: unknown) => failureOf(thrown),
        );
        check(
          failed === undefined || failed.code === "denied",
          `\`list\` by who may not list failed with ${failed?.shown ?? ""}. The credentials are good: \`denied\`, or what they may read.`,
        );
        check(
          failed !== undefined || seen > 0,
          "`list` by who may not list, and may read `existing[0]`, ended as if there were nothing: `denied`, or what they may read.",
        );
      });
      await withSession(subject.broken("lapse"), subject.env, async (opened) => {
        await subject.lapse?.();
        await refused(
          take(opened, subject.listed, ENOUGH),
          "unauthenticated",
          "`list` after the credentials lapsed",
          "`denied` would send the user to the vault's owner.",
        );
      });
    },
    OFFERS,
  ),
];
