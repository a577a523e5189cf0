import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { ListEntry, Provider, ParsedIdentifier } from "./provider.ts";

/** What a provider package offers to configuration, prompts and flags. */
export interface Plugin<Options extends object = object> {
  /** The contract this was written against. Stamped by `definePlugin`. */
  readonly specVersion: 1;
  /** What configuration calls it: `provider: "aws"`. Equals `Provider.name`. */
  readonly name: string;
  /** What a person calls it: `"AWS Secrets Manager"`. */
  readonly title: string;
  /** Validates options and describes them as JSON Schema; `writeOnly` marks a secret. */
  readonly options: OptionsSchema<Options>;
  /** Makes the recipe from validated options. Pure: no I/O, no SDK import. */
  create(options: Options): Provider;
  /** Reads this vault's own identifiers, e.g. an ARN; `undefined` if it is not one. Pure, never throws. */
  parseIdentifier?(identifier: string): ParsedIdentifier | undefined;
  /** What to write after `connection://` to link something listed, as an example for a person; `undefined` if unknown. */
  example?(entry: ListEntry): string | undefined;
}

/** One schema with both faces: it validates, and it describes itself as JSON Schema. See https://standardschema.dev. */
export type OptionsSchema<Options extends object> = StandardSchemaV1<unknown, Options> &
  StandardJSONSchemaV1<unknown, Options>;

/** Stamps the contract's version on a provider, so that its author cannot get it wrong. */
export function defineProvider(provider: Omit<Provider, "specVersion">): Provider {
  return { ...provider, specVersion: 1 };
}

/** Stamps the contract's version on a plugin. */
export function definePlugin<Options extends object>(plugin: Omit<Plugin<Options>, "specVersion">): Plugin<Options> {
  return { ...plugin, specVersion: 1 };
}
