import { SecretError, type SecretDocument } from "@vaultlink/core/provider";
import { bound } from "../kit/bound.ts";
import { lacksFields, lacksObjects } from "./lacking.ts";
import { type Mutant, mutantsOf, reading, aboutVersions, without } from "./mutant.ts";

const seen = new Map<string, SecretDocument>();
const keyOf = (locator: unknown): string => JSON.stringify(locator);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What a server makes of a path that was put into an address as it is. */
function unencoded(path: string): string {
  const cut = path.replace(/[?#].*$/s, "");
  try {
    return decodeURIComponent(cut);
  } catch {
    return cut;
  }
}

function text(change: (held: string) => SecretDocument["value"]): ReturnType<typeof reading> {
  const deep = (value: SecretDocument["value"]): SecretDocument["value"] => {
    if (typeof value === "string") return change(value);
    if (value instanceof Uint8Array) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, held]) => [name, typeof held === "string" ? change(held) : held]),
    );
  };
  return reading(async (read, ...given) => {
    const document = await read(...given);
    return { ...document, value: deep(document.value) };
  });
}

/** What a read gives. */
export const readingMutants: readonly Mutant[] = mutantsOf({
  "gives something else": {
    caughtBy: ["reads what exists"],
    session: reading(async () => ({ value: "something else" })),
  },
  "gives the response beside the value": {
    caughtBy: ["reads what exists"],
    session: reading(
      async (read, ...given) => ({ ...(await read(...given)), response: { status: 200 } }) as SecretDocument,
    ),
  },
  "gives bytes as text": {
    caughtBy: ["returns bytes unchanged"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      const { value } = document;
      return value instanceof Uint8Array ? { ...document, value: Buffer.from(value).toString("utf8") } : document;
    }),
  },
  "takes an empty value for none": {
    caughtBy: ["an empty value is a value"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      const { value } = document;
      if (value === "" || (typeof value === "object" && Object.values(value).every((held) => held === ""))) {
        throw new SecretError("not_found", "Nothing here.");
      }
      return document;
    }),
  },
  "drops the version": {
    caughtBy: ["reads a pinned version"],
    session: reading((read, { path }, context) => read({ path, query: {} }, context)),
  },
  "gives the newest version where the pinned one is gone": {
    caughtBy: ["a version that does not exist is refused"],
    session: aboutVersions((qualifier) =>
      reading((read, locator, context) =>
        read(locator, context).catch((thrown: unknown) => {
          if (Object.keys(locator.query).some((name) => name !== qualifier)) throw thrown;
          return read({ path: locator.path, query: {} }, context);
        }),
      ),
    ),
  },
  "calls each version by the same name": {
    caughtBy: ["`fresh` is obeyed", "the version changes with the value", "reads a pinned version"],
    session: reading(async (read, ...given) => ({ ...(await read(...given)), version: "latest", id: "the secret" })),
  },
  "tells the version it was opened with": {
    caughtBy: ["`version` agrees with `read`"],
    session: ({ version }) => (version ? { version: async () => "1" } : without("version")),
  },
  "names a secret by how it was asked for": {
    caughtBy: ["one secret has one `id`"],
    session: reading(async (read, locator, context) => ({ ...(await read(locator, context)), id: keyOf(locator) })),
  },
  "gives every secret one id": {
    caughtBy: ["one secret has one `id`"],
    session: reading(async (read, locator, context) => ({ ...(await read(locator, context)), id: "vault" })),
  },
  "reads everything twice": {
    caughtBy: ["one read is one attempt"],
    session: reading(async (read, ...given) => {
      await read(...given);
      return read(...given);
    }),
  },
  "remembers what it read": {
    caughtBy: ["one read is one attempt", "`fresh` is obeyed"],
    session: (session) => {
      const known = new Map<string, SecretDocument>();
      return {
        read: async (locator, context) => {
          const document = known.get(keyOf(locator)) ?? (await session.read(locator, context));
          known.set(keyOf(locator), document);
          return document;
        },
      };
    },
  },
  "sends again what failed": {
    caughtBy: ["one read is one attempt"],
    session: reading((read, ...given) => read(...given).catch(() => read(...given))),
  },
  "counts answers instead of requests": {
    caughtBy: ["`requests` counts what reached the vault"],
    session: () => ({ requests: () => 1 }),
  },
  "keeps the locator of a read in the session": {
    caughtBy: ["reads at the same time do not mix"],
    session: (session) => {
      let current: Parameters<typeof session.read>[0];
      return {
        read: async (locator, context) => {
          current = locator;
          await turn();
          return session.read(current, context);
        },
      };
    },
  },
  "gives the same object each time": {
    caughtBy: ["a document is the caller's own"],
    lacks: lacksObjects,
    session: reading(async (read, locator, context) => {
      const document = await read(locator, context);
      const known = seen.get(keyOf(locator)) ?? document;
      seen.set(keyOf(locator), known);
      return { ...document, value: known.value };
    }),
    end: () => seen.clear(),
  },
  "does not encode the path": {
    caughtBy: ["another name is another document", "awkward names are read as they are"],
    session: reading((read, { path, query }, context) => read({ path: unencoded(path), query }, context)),
  },
  "encodes the path twice": {
    caughtBy: ["awkward names are read as they are"],
    session: reading((read, { path, query }, context) =>
      read({ path: path.split("/").map(encodeURIComponent).join("/"), query }, context),
    ),
  },
  "turns the path to lower case": {
    caughtBy: ["awkward names are read as they are"],
    session: reading((read, { path, query }, context) => read({ path: path.toLowerCase(), query }, context)),
  },
  "normalises the path": {
    caughtBy: ["awkward names are read as they are"],
    session: reading((read, { path, query }, context) => read({ path: path.normalize("NFC"), query }, context)),
  },
  "finds what begins with the path": {
    caughtBy: ["another name is another document"],
    open: (provider) => async (context) => {
      const session = bound(await provider.open(context));
      const paths: string[] = [];
      for await (const { locator } of session.list?.({ prefix: "" }, context) ?? []) paths.push(locator.path);
      return {
        ...session,
        read: (locator, given) => {
          const path = paths.find((known) => known.startsWith(locator.path)) ?? locator.path;
          return session.read({ ...locator, path }, given);
        },
      };
    },
  },
  "trims texts": { caughtBy: ["awkward values are read as they are"], session: text((held) => held.trim()) },
  "cuts long texts": {
    caughtBy: ["awkward values are read as they are"],
    session: text((held) => held.slice(0, 4096)),
  },
  "changes line ends": {
    caughtBy: ["awkward values are read as they are"],
    session: text((held) => held.replaceAll("\r\n", "\n")),
  },
  "reads texts as Latin-1": {
    caughtBy: ["awkward values are read as they are"],
    session: text((held) => Buffer.from(held, "utf8").toString("latin1")),
  },
  "takes texts for JSON": {
    caughtBy: ["awkward values are read as they are"],
    session: text((held) => {
      try {
        return JSON.parse(held) as string;
      } catch {
        return held;
      }
    }),
  },
  "takes texts for base64": {
    caughtBy: ["awkward values are read as they are"],
    session: text((held) => (/^[\w+/]{8,}={1,2}$/.test(held) ? Buffer.from(held, "base64").toString() : held)),
  },
  "turns fields into texts": {
    lacks: lacksFields,
    caughtBy: ["awkward values are read as they are"],
    session: reading(async (read, ...given) => {
      const document = await read(...given);
      const { value } = document;
      if (typeof value === "string" || value instanceof Uint8Array) return document;
      return {
        ...document,
        value: Object.fromEntries(Object.entries(value).map(([name, held]) => [name, String(held)])),
      };
    }),
  },
});
