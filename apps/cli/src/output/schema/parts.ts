import { type Json, list, number, object, oneOf, text, time, truth, whole } from "./build.ts";

/** What went wrong for one name, or in all. */
const failure: Readonly<Record<string, Json>> = {
  "name?": text("The link or connection it is about."),
  code: text("What kind of failure it is; the page of error codes has them all."),
  message: text("One sentence for a person. Never a value."),
  "reason?": text("More precisely why, as a word for programs."),
  "hint?": text("What helps: a command, or a sentence."),
  "retryAfterMs?": number("How long the vault asks to wait, in ms."),
  "ageMs?": number("How long ago the vault answered so, in ms."),
  "native?": { description: "What the vault called it.", type: "object" },
};

/** What every command prints where it fails. */
export const failed: Json = object("The command failed.", {
  error: object("What decides the exit status.", { exit: whole("The exit status."), ...failure }),
  "failures?": list("Everything that failed, by name.", object("One failure.", failure)),
});

const origin = oneOf("Which file it comes from.", ["user", "project"]);

/** A link and its state. */
export const link: Readonly<Record<string, Json>> = {
  name: text("The name."),
  reference: { description: "What it stands for; null for nothing yet.", type: ["string", "null"] },
  required: truth("Whether `run` may not start without it."),
  state: oneOf("`unknown`: nothing stands in its way, and the vault was not asked.", [
    "resolved",
    "unresolved",
    "unknown",
  ]),
  "reason?": text("Why it gives no value now."),
  "hint?": text("The command that helps."),
  "version?": text("The vault's own version id of the cached value."),
  "ageMs?": number("Age of the cached value, in ms."),
  "expiresInMs?": number("When the cached value expires, in ms from now."),
  "reads?": whole("How often the vault was asked for its secret; where an agent runs, since that started."),
};
export const linkWithOrigin: Readonly<Record<string, Json>> = { ...link, origin };

const where = list(
  "Which vault it reaches.",
  object("One part of that.", {
    what: text("What it is, e.g. address or region."),
    value: text("What configuration or environment say."),
    "variable?": text("The environment variable it comes from."),
  }),
);

/** A connection and its state. */
export const connection: Readonly<Record<string, Json>> = {
  name: text("The name; it begins every reference."),
  provider: text("Which kind of vault."),
  state: oneOf("`not opened`: nothing is known against it.", [
    ...["ready", "not opened", "not signed in", "expired", "failed", "disconnected", "opening", "closed"],
  ]),
  where,
  "identity?": text("Who the vault says we are; unique."),
  "displayName?": text("The same in words that a person knows."),
  "expiresAt?": time("When the credentials expire."),
  "requests?": object("Requests that count against a quota.", {
    total: whole("All of them."),
    lastHour: whole("Of the last 60 minutes."),
    lastDay: whole("Of the last 24 hours."),
  }),
  "throttledForMs?": number("How long the vault asked to be left alone, in ms."),
  "hint?": text("What helps."),
  "error?": object("What stands in its way.", failure),
  "origin?": oneOf("Which file it comes from.", ["policy", "user", "project"]),
};

export const untrusted: Json = object("A connection that counts only after `vaultlink trust`.", {
  ...{ name: text("The name."), provider: text("Which kind of vault."), where, origin, hint: text("What helps.") },
});

/** What ending credentials came to. */
export const ended: Readonly<Record<string, Json>> = {
  names: { description: "Names that are unresolved now.", type: "array", items: { type: "string" } },
  dropped: whole("Values dropped."),
  remote: oneOf("What became of the credentials at the vault.", ["revoked", "not-revoked", "nothing-to-revoke"]),
  "expiresAt?": number("When credentials that were not revoked expire, in ms since the epoch."),
};

export const agent: Json = object("The agent that runs.", {
  pid: whole("Its process."),
  version: text("Its version."),
  startedAt: time("Since when."),
});

/** Where a value comes from, as `get` tells it. */
export const provenance: Readonly<Record<string, Json>> = {
  source: oneOf("`stale`: expired, and its vault could not be asked.", ["vault", "cache", "stale"]),
  ageMs: number("How long ago the vault was asked, in ms."),
  "version?": text("The vault's own version id."),
  "expiresAt?": time("When the value itself expires."),
};
