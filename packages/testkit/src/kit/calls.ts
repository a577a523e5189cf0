import type { Context, Session } from "@vaultlink/core/provider";
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
