import { SecretError } from "../errors/secret-error.ts";
import type { Plugin } from "../contract/plugin.ts";

export type Options = Readonly<Record<string, unknown>>;

/** A provider's options with credentials in their places. Throws `invalid_config` for an option that is no credential. */
export function withCredentials(plugin: Plugin, options: Options, credentials: Options): Options {
  return merge(plugin.options["~standard"].jsonSchema.input({ target: "draft-2020-12" }), options, credentials);
}

/** A schema may be made by any library: everything in it is looked at before use. */
function merge(schema: Options, options: Options, credentials: Options): Options {
  const properties = group(schema["properties"]);
  const merged = Object.entries(credentials).map(([name, given]) => {
    const property = group(Object.hasOwn(properties, name) ? properties[name] : undefined);
    if (property["writeOnly"] === true) return [name, given] as const;
    if (property["type"] !== "object" || !isGroup(given)) {
      throw new SecretError("invalid_config", "Only credentials can be given for one sign-in.");
    }
    return [name, merge(property, group(Object.hasOwn(options, name) ? options[name] : undefined), given)] as const;
  });
  return { ...options, ...Object.fromEntries(merged) };
}

const isGroup = (held: unknown): held is Options => typeof held === "object" && held !== null && !Array.isArray(held);
const group = (held: unknown): Options => (isGroup(held) ? held : {});
