import { formatReference } from "@vaultlink/core/internal";
import type { Configuration } from "../../config/load.ts";
import { at } from "../../options/secrets.ts";
import { type Backend, BACKENDS } from "./vals-backends.ts";

/** A reference of ours, or why there is none. */
type Translated = { readonly reference: string } | { readonly why: string };

/** `(secret)ref+BACKEND://PATH[?PARAMS][#FRAGMENT][+]`; a + ends it within a text. https://github.com/helmfile/vals#expression-syntax */
const EXPRESSION = /^(?:secret)?ref\+([a-z0-9]+):\/\/([^\s+?#]*)(?:\?([^\s+#]*))?(?:#([^\s+]*))?\+?$/;

/** Whether a text is, or has within it, a reference of vals. */
export const isOfVals = (text: string): boolean => /(?:^|\W)(?:secret)?ref\+[a-z0-9]+:\/\//.test(text);

/** A reference of vals as ours, or why it is none. */
export function fromVals(text: string, { connections }: Configuration): Translated {
  const found = EXPRESSION.exec(text);
  if (found === null) return { why: "it has a reference of vals within other text" };
  const [, name = "", written = "", parameters = "", fragment = ""] = found;
  const backend = Object.hasOwn(BACKENDS, name) ? BACKENDS[name] : undefined;
  if (backend === undefined) return { why: "its value is a reference to something that is no vault here" };
  const given = Object.entries(Object.fromEntries(new URLSearchParams(parameters))).filter(([, value]) => value !== "");
  const why = given.map(([key, value]) => whyNot(key, value, backend)).find((one) => one !== undefined);
  if (why !== undefined) return { why };
  const place = placeOf(written, fragment, backend);
  if (place === undefined) return { why: "its path is none that vals documents" };
  const wanted = {
    ...place.settings,
    ...Object.fromEntries(given.filter(([key]) => Object.hasOwn(backend.settings, key))),
  };
  const serving = [...connections].filter(([, { entry }]) => entry.provider === backend.provider);
  if (serving.length === 0) return { why: `there is no connection of the provider ${backend.provider}` };
  const fitting = serving.filter(([, { entry }]) => fits(entry, wanted, backend));
  const [connection] = fitting.map(([known]) => known);
  if (connection === undefined) {
    const what = Object.keys(wanted)
      .map((key) => key.replaceAll("_", " "))
      .join(" and ");
    return { why: `no connection of the provider ${backend.provider} has its ${what}` };
  }
  if (fitting.length > 1) return { why: `several connections are of the provider ${backend.provider}` };
  const query = given.flatMap(([key, value]) => {
    const ours = backend.qualifiers[key];
    return ours === undefined ? [] : [[ours, value] as const];
  });
  const locator = { path: place.path, query: { ...place.query, ...Object.fromEntries(query) } };
  return { reference: formatReference({ connection, locator, ...(place.field && { field: place.field }) }) };
}

/** Why a qualifier cannot be taken over; `undefined` for one that can. Only names that vals documents are repeated. */
function whyNot(key: string, value: string, { qualifiers, settings, signIn }: Backend): string | undefined {
  if (Object.hasOwn(qualifiers, key) || Object.hasOwn(settings, key)) return undefined;
  if (signIn.has(key)) return `it says how to sign in (${key}), which a connection does here`;
  if (key !== "decode") return "it has a qualifier that is not documented";
  return value === "raw" ? undefined : "it has its value decoded (decode), which is not done here";
}

function placeOf(written: string, fragment: string, backend: Backend): ReturnType<Backend["place"]> {
  try {
    const path = decodeURIComponent(written).replace(/\/+$/, "");
    const keys = decodeURIComponent(fragment).replace(/^\//, "");
    return path === "" ? undefined : backend.place(path, keys === "" ? undefined : keys.split("/"));
  } catch {
    return undefined;
  }
}

/** Whether a connection is configured with what a reference says of the vault. */
function fits(entry: object, wanted: Readonly<Record<string, string>>, { settings }: Backend): boolean {
  return Object.entries(wanted).every(([key, value]) =>
    (settings[key] ?? []).some((path) => {
      const held = at(entry, path.split("."));
      const all: readonly unknown[] = Array.isArray(held) ? held : [held];
      return all.some((one) => typeof one === "string" && namesOf(one).includes(plain(value)));
    }),
  );
}

/** An address with and without its scheme is one; a key vault may be called by the first part of its host. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/\/+$/, "");
const namesOf = (text: string): readonly string[] => {
  const whole = plain(text);
  const [label = whole] = /^https:\/\/[^/]+\.vault\./i.test(text) ? whole.split(".") : [];
  return [whole, label];
};
