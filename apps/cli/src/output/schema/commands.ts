import { always, type Json, list, names, nullable, number, object, oneOf, text, time, truth, whole } from "./build.ts";
import { agent, connection, ended, link, linkWithOrigin, provenance, untrusted } from "./parts.ts";

const file = text("The file that was written.");
const ttl = number("Minutes a value is kept.");
const noAgent = { description: "No agent runs.", type: "null" };
const linked = { description: "What it stands for; null for nothing yet.", type: ["string", "null"] };

const named = object("One.", { name: text("Its name."), reference: linked });
const manyLinks: Json = object("Links that were made together.", {
  links: list("Each new one.", named),
  linkedAlready: names("Those that stay as they are."),
  left: list("Those that are left out.", object("One.", { name: text("Its name."), why: text("Why.") })),
  file,
  changed: truth("Whether they were made; not with --dry-run, nor if somebody declined."),
  "foldersNotListed?": whole("With --from, folders that may not be listed, or are too many."),
});

/** What each command prints with `--json` once it is done, by command. */
export const COMMANDS: Readonly<Record<string, Json>> = {
  connect: object("The connection that was made, or stays as it was.", {
    connection: text("Its name."),
    provider: text("Which kind of vault."),
    changed: truth("Whether it was made; not if somebody declined."),
    "identity?": nullable(text("Who the vault says we are; unique.")),
    "displayName?": nullable(text("The same in words that a person knows.")),
    "file?": file,
    "next?": text("A command to go on with."),
    "kept?": list(
      "Settings that were found, and are kept.",
      object("One.", {
        option: text("The option."),
        "value?": text("What it holds."),
        "source?": text("Where it was."),
      }),
    ),
  }),
  reauth: object("Whom you are signed in as.", {
    connections: list(
      "Each connection.",
      object("One.", {
        connection: text("Its name."),
        identity: nullable(text("Who the vault says we are; unique.")),
        displayName: nullable(text("The same in words that a person knows.")),
      }),
    ),
  }),
  disconnect: object("What was ended.", {
    connection: text("The connection."),
    disconnected: truth("Whether it is; not if somebody declined."),
    "forgotten?": truth("Whether it is gone from your own configuration, too."),
    "everybody?": truth("Whether a team's connection is gone for every user of the machine."),
    "names?": ended["names"] ?? {},
    "dropped?": ended["dropped"] ?? {},
    "remote?": ended["remote"] ?? {},
    "hint?": text("The command that connects again."),
  }),
  logout: object("What was ended.", {
    connections: list("Each connection.", object("One.", { connection: text("Its name."), ...ended })),
    "agent?": noAgent,
  }),
  status: object("Connections, links and files.", {
    connections: list("Those that count.", object("One.", connection)),
    untrusted: list("Those that do not count yet.", untrusted),
    ignored: names("Connections of the project that your own hide."),
    links: list("Every link.", object("One.", link)),
    cache: object("How values are kept.", { ttl }),
    files: object("Where configuration is.", {
      user: text("Your own."),
      project: nullable(text("The project's.")),
      policy: nullable(text("The machine's policy.")),
    }),
  }),
  search: object("What a connection holds.", {
    connection: text("The connection."),
    query: text("What was looked for in paths."),
    secrets: list(
      "Each that was found.",
      object("One.", {
        reference: text("What to link."),
        "title?": text("Its path as a person knows it, where the reference has ids."),
        "state?": oneOf("Why it gives nothing now.", ["disabled", "deleted"]),
        "updatedAt?": time("When it last changed."),
      }),
    ),
    more: truth("Whether there are, or may be, more than the limit."),
    foldersNotListed: whole("Folders that may not be listed, or are too many."),
  }),
  link: {
    description: "The link that was made, or with --from all of them.",
    anyOf: [object("One.", { name: text("Its name."), reference: linked, file }), manyLinks],
  },
  import: manyLinks,
  relink: object("The link that was changed.", {
    name: text("Its name."),
    before: linked,
    reference: text("What it stands for now."),
    file,
    changed: truth("Whether it was; not with --dry-run."),
    "verified?": truth("Whether the vault gave the new secret first."),
  }),
  unlink: object("The link that is gone.", { name: text("Its name."), file }),
  list: {
    description: "Every link, or with --names the names alone.",
    anyOf: [
      object("Every link.", { links: list("Each.", object("One.", linkWithOrigin)) }),
      object("The names.", { names: names("In order.") }),
    ],
  },
  get: object("The value. It is secret.", {
    name: text("What was asked for."),
    ...provenance,
    "value?": text("The value, as text."),
    "base64?": text("The value's bytes, with --base64."),
  }),
  inject: object("What was filled. Its text is secret.", {
    "text?": text("The filled template, where it is text and no file was named."),
    "base64?": text("The same where it is no text."),
    "file?": file,
    "bytes?": whole("Length of that file."),
    resolved: whole("Markers that became values."),
    unresolved: whole("Markers that were left."),
  }),
  export: object("The values. They are secret.", {
    format: text("How the text is written."),
    names: names("Whose values they are."),
    text: text("What would be printed otherwise."),
  }),
  explain: {
    description: "Where a value comes from, or what an error code means.",
    anyOf: [
      object("Where a value comes from. Never the value.", {
        "name?": text("The link; absent for a reference."),
        "link?": object("Where the link stands.", {
          file: text("The file."),
          "line?": whole("The line, from 1."),
          origin: oneOf("Whose file it is.", ["user", "project"]),
          required: truth("Whether `run` may not start without it."),
          enabled: truth("Whether it may be used."),
          "allowedDomains?": names("Hosts that the value may go to."),
        }),
        reference: linked,
        "connection?": object("Which connection reads it.", connection),
        state: link["state"] ?? {},
        "reason?": link["reason"] ?? {},
        "hint?": link["hint"] ?? {},
        "problem?": text("What stands in its way, in a sentence."),
        value: object("What is known of the value.", {
          cached: truth("Whether it was kept before this command."),
          "source?": provenance["source"] ?? {},
          "ageMs?": provenance["ageMs"] ?? {},
          "version?": provenance["version?"] ?? {},
          "expiresInMs?": link["expiresInMs?"] ?? {},
          "expiresAt?": provenance["expiresAt?"] ?? {},
          "leased?": always("Made by the vault for this read.", true),
        }),
        rules: names("What decided, in sentences."),
      }),
      object("An error code.", {
        code: text("The code."),
        exit: whole("The exit status of the command that fails so."),
        means: text("What it means."),
        helps: text("What helps."),
      }),
      object("A state of a link or of a connection.", {
        state: text("The state."),
        means: text("What it means."),
        helps: text("What helps."),
      }),
      object("An exit status.", {
        exit: whole("The status."),
        codes: list(
          "Error codes that end a command so.",
          object("One.", { code: text("The code."), means: text("What it means."), helps: text("What helps.") }),
        ),
      }),
    ],
  },
  doctor: object("What was looked at, in order.", {
    ok: truth("Whether nothing failed."),
    findings: list(
      "Each check.",
      object("One.", {
        "connection?": text("The connection; absent for what concerns all."),
        check: text("What was looked at, e.g. dns."),
        state: oneOf("How it went.", ["ok", "failed", "skipped"]),
        message: text("What was found. Never a value."),
        "code?": text("The error code of a failure."),
        "hint?": text("What helps."),
        "ms?": number("How long it took."),
      }),
    ),
  }),
  "cache status": object("What is kept.", {
    ttl,
    entries: whole("Values kept."),
    bytes: whole("Their size."),
    "evicted?": whole("Values that others have pushed out, for lack of room."),
    "hits?": whole("Answers from the cache."),
    "misses?": whole("Answers from a vault."),
    "connections?": list(
      "Each connection.",
      object("One.", {
        name: text("Its name."),
        cached: whole("Values kept."),
        calls: whole("Calls made."),
        "requests?": connection["requests?"] ?? {},
      }),
    ),
    "links?": list(
      "Links whose value is kept.",
      object("One.", {
        name: text("Its name."),
        ageMs: number("Age of the value, in ms."),
        "expiresInMs?": number("When it expires, in ms from now."),
      }),
    ),
    "agent?": noAgent,
  }),
  "cache ttl": object("How long values are kept.", { ttl }),
  "cache reset": object("What was dropped.", { dropped: whole("Values dropped."), "agent?": noAgent }),
  "agent start": object("The agent.", { started: truth("Whether this command started it."), agent }),
  "agent stop": object("The agent.", { stopped: truth("Whether one ran.") }),
  "agent status": object("The agent.", { agent: nullable(agent) }),
  trust: object("The project's connections.", {
    file: text("The project's file."),
    connections: names("Connections it defines."),
    "code?": names("Where code of others lies that it would run."),
    trusted: truth("Whether they count now."),
  }),
  completion: object("The script.", { shell: text("The shell it is for."), script: text("The script.") }),
};
