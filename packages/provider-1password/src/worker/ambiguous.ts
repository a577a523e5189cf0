import type { Failure } from "../errors.ts";
import type { Wanted } from "../protocol.ts";
import { type Call, Refused } from "./account.ts";
import { fieldsAt, find } from "./find.ts";

/** What an id looks like; a section's or field's may be any text, and is then not shown. */
const SHOWN = /^[\w-]{1,64}$/;
const MOST = 10;

/** The failure with the ids of everything the name fits. If they cannot be had, the failure as it is. */
export async function listFitting(call: Call, wanted: Wanted, failure: Failure): Promise<Failure> {
  try {
    const ids = (await idsOf(call, wanted)).filter((id) => id.split("/").every((part) => SHOWN.test(part)));
    if (ids.length < 2) return failure;
    const shown = ids.slice(0, MOST).join(", ");
    const more = ids.length > MOST ? `, and ${ids.length - MOST} more` : "";
    const message = `${failure.message} Write one of the ids in its place: ${shown}${more}.`;
    return {
      ...failure,
      message,
      details: { ...failure.details, mend: "vaultlink relink <name> <reference with the id>" },
    };
  } catch (thrown) {
    if (thrown instanceof Refused) return failure;
    throw thrown;
  }
}

async function idsOf(call: Call, wanted: Wanted): Promise<readonly string[]> {
  const found = await find(call, wanted);
  if (found.kind !== "item") return found.ids;
  return fieldsAt(found.item, wanted.rest).map(({ id, sectionId }) => (sectionId ? `${sectionId}/${id}` : id));
}
