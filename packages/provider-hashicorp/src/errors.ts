import { SecretError } from "@vaultlink/core/provider";
import { group, text, texts } from "./body.ts";
import { type Row, ROWS } from "./refusals.ts";
import type { Answer } from "./vault-api.ts";

const NODES = 'set the connection\'s option "address" to the active node, or name all nodes in "nodes"';
const STRANGE = "The answer did not come from the vault, but from something in between.";

/** What to throw for an answer that is a refusal. `hint` is the command that gives new credentials. */
export function refusal(answer: Answer, { at, hint }: { at?: Row["at"]; hint?: string } = {}): SecretError {
  const { status, retryAfterMs } = answer;
  const native = { status };
  if (status >= 300 && status < 400)
    return new SecretError("unavailable", redirected(answer.location), { native, hint: NODES });
  const row = findRow(answer, at);
  const wait = row?.hopeless === true ? Infinity : retryAfterMs;
  const command = row?.hint ?? (row?.code === "unauthenticated" ? hint : undefined);
  return new SecretError(row?.code ?? "unavailable", row?.message ?? STRANGE, {
    native,
    ...(command !== undefined && { hint: command }),
    ...(row?.reason !== undefined && { reason: row.reason }),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

/**
 * What to throw for a success that says something else than it should. From the vault it is about this one request, and
 * says the same when it is asked again; from anybody else, e.g. a sign-in page, the vault could not be asked.
 */
export function unexpected(answer: Answer): SecretError {
  const native = { status: answer.status };
  if (!isFromVault(answer)) return new SecretError("unavailable", STRANGE, { native });
  return new SecretError("unusable", "The vault answered something else than what was asked for.", {
    native,
    reason: "unexpected-answer",
  });
}

/** What to throw for a login that succeeded and gave no token. */
export function noToken(answer: Answer, hint: string): SecretError {
  if (!isFromVault(answer)) return unexpected(answer);
  return new SecretError("unauthenticated", "The vault took this login and gave no token for it.", {
    native: { status: answer.status },
    hint,
  });
}

/** Whether the vault itself answered: its answers have a frame, and say `204` where there is nothing to say. */
export function isFromVault({ body, status }: Answer): boolean {
  return status === 204 || body?.["request_id"] !== undefined;
}

/** Everything the vault says in words. */
export function saying({ body }: Answer): string {
  return [...texts(body, "errors"), ...texts(body, "warnings")].join("\n").toLowerCase();
}

function findRow(answer: Answer, at: Row["at"]): Row | undefined {
  const said = saying(answer);
  const sentences = said.split("\n").map((line) => line.replace(/^[\s*]+/, ""));
  const says = (words: string, row: Row): boolean =>
    row.at !== undefined || row.status >= 500
      ? said.includes(words)
      : sentences.some((sentence) => sentence.startsWith(words));
  const talks = said !== "" || answer.retryAfterMs !== undefined;
  const state = findState(answer);
  // Even with nothing to say the vault sends a list of errors, or the document's frame.
  const genuine = Array.isArray(answer.body?.["errors"]) || answer.body?.["request_id"] !== undefined;
  return ROWS.find(
    (row) =>
      row.status === answer.status &&
      (genuine || row.anybody === true) &&
      (row.at === undefined || row.at === at) &&
      (row.state === undefined || row.state === state) &&
      (row.says === undefined || row.says.some((words) => (words === "" ? talks : says(words, row)))),
  );
}

function findState({ body }: Answer): Row["state"] {
  const metadata = group(group(body, "data"), "metadata");
  if (metadata?.["destroyed"] === true) return "destroyed";
  return text(metadata, "deletion_time") === undefined ? undefined : "deleted";
}

/** Names the other host, since the person must judge it; of the address nothing else is shown. */
function redirected(location: string | undefined): string {
  const host = location === undefined ? undefined : URL.parse(location)?.host;
  const shown = host !== undefined && /^[a-z0-9.:[\]-]{1,100}$/.test(host) ? ` to ${host}` : "";
  return `The vault redirects${shown}; no token is sent there, since it is none of the connection's nodes.`;
}
