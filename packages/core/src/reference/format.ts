import type { Reference } from "./parse.ts";

/** Writes a reference so that parsing it gives the same one: only what would be misread is percent-encoded. */
export function formatReference({ connection, locator, field }: Reference): string {
  const query = Object.entries(locator.query)
    .map(([name, value]) => `${encode(name, /[%#&=]/g)}=${encode(value, /[%#&]/g)}`)
    .join("&");
  const path = encode(locator.path, /[%?#]/g);
  return `${connection}://${path}${query === "" ? "" : `?${query}`}${field === undefined ? "" : `#${formatField(field)}`}`;
}

function formatField(field: readonly string[]): string {
  const [only] = field;
  if (field.length === 1 && only !== undefined && only !== "" && !only.startsWith("/")) return encode(only, /%/g);
  return field.map((part) => `/${encode(part.replaceAll("~", "~0").replaceAll("/", "~1"), /%/g)}`).join("");
}

function encode(text: string, misread: RegExp): string {
  return text.replace(misread, encodeURIComponent);
}
