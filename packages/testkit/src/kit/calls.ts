import type { Context, Locator, Session } from "@vaultlink/core/provider";
import type { Subject } from "../subject.ts";
import { first } from "./session.ts";

/** What asks the vault about documents, by name: those of it that a session offers. */
export function calls(
  subject: Subject,
  session: Session,
  context: Context,
): ReadonlyArray<readonly [what: "read" | "readMany" | "version" | "list", call: () => Promise<unknown>]> {
  const { locator } = first(subject);
  const { readMany, version, list } = session;
  const all: Array<readonly ["read" | "readMany" | "version" | "list", () => Promise<unknown>]> = [
    ["read", () => session.read(locator, context)],
  ];
  if (readMany) all.push(["readMany", () => settled(readMany, [locator, subject.missing], context)]);
  if (version) all.push(["version", () => version(locator, context)]);
  if (list) {
    all.push([
      "list",
      async () => {
        for await (const entry of list({ prefix: subject.listed ?? "" }, context)) void entry;
      },
    ]);
  }
  return all;
}

/** A batch in which every document fails is a call that fails: with the first one's failure. */
async function settled(
  readMany: NonNullable<Session["readMany"]>,
  locators: Parameters<NonNullable<Session["readMany"]>>[0],
  context: Context,
): Promise<void> {
  const outcomes = await readMany(locators, context);
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed !== undefined && outcomes.every(({ status }) => status === "rejected")) throw failed.reason as Error;
}

/** Everything that asks the vault, by name: reads and lists, then what extends and ends credentials, `revoke` last. */
export function everyCall(
  subject: Subject,
  session: Session,
): ReadonlyArray<readonly [what: string, call: (context: Context) => Promise<unknown>]> {
  const { renew, release, revoke } = session;
  const names = ["read", "readMany", "version", "list"] as const;
  const call =
    (name: string) =>
    (context: Context): Promise<unknown> =>
      calls(subject, session, context)
        .find(([what]) => what === name)?.[1]()
        .then(() => undefined) ?? Promise.resolve();
  return [
    ...names.filter((name) => session[name] !== undefined).map((name) => [name, call(name)] as const),
    ...(renew ? [["renew", renew] as const] : []),
    ...(release ? [["release", (context: Context) => release("lease-of-the-kit", context)] as const] : []),
    ...(revoke ? [["revoke", revoke] as const] : []),
  ];
}

/** What may repeat the first of two locators in its errors, by name. */
export function asking(
  { read, readMany, version, list }: Session,
  [asked, other]: readonly [Locator, Locator],
  context: Context,
): ReadonlyArray<readonly [what: string, call: () => Promise<unknown>]> {
  return [
    ["read", () => read(asked, context)],
    ...(readMany
      ? [
          [
            "readMany",
            async () => {
              const [outcome] = await readMany([asked, other], context);
              if (outcome?.status === "rejected") throw outcome.reason as Error;
            },
          ] as const,
        ]
      : []),
    ...(version ? [["version", () => version(asked, context)] as const] : []),
    ...(list
      ? [
          [
            "list",
            async () => {
              for await (const entry of list({ prefix: asked.path }, context)) void entry;
            },
          ] as const,
        ]
      : []),
  ];
}
