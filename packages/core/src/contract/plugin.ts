import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import type { Provider, ParsedIdentifier } from "./provider.ts";
import { CONTRACT } from "./versions.ts";

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
  /**
   * The form of what follows `connection://`, for a person: `"<mount>/<path>#<field>"`; with a field after
   * `#` where a secret has to be read field by field, and one in the path where that leads to the field itself.
   * @default "<path>"
   */
  readonly pattern?: string;
  /** What a person calls an identity of this vault, e.g. an e-mail address or a role's name. Pure, never throws. */
  displayName?(identity: string): string;
  /**
   * What a person who connects may be offered, as found on this machine: files and variables are looked at, no vault is
   * asked, no SDK loaded. Never throws; what cannot be read is not found.
   */
  suggest?(context: SuggestContext): Promise<Suggestions>;
}

/** Where a plugin may look. */
export interface SuggestContext {
  /** The caller's whole environment, apart from our own variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What was given already, credentials apart: what it makes needless is not suggested. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/** What a person may be offered. Options are named by their path: `"address"`, `"auth.profile"`. None is a credential. */
export interface Suggestions {
  /** Settings that a connection needs, in the order in which to ask for them. One that is found is kept, and not asked for. */
  readonly settings?: readonly SuggestedSetting[];
  /** Ways to sign in, the likeliest first. */
  readonly methods?: readonly SuggestedMethod[];
}

export interface SuggestedSetting {
  /** The option's path. */
  readonly option: string;
  /** The option whose flag is named where nobody can be asked, if that is another one. */
  readonly flagOption?: string;
  /** What it is called in a question, e.g. `"Region"`. @default the option's description */
  readonly label?: string;
  /** What was found; saved, so that another shell reaches the same vault. */
  readonly value?: string;
  /** Where, e.g. `"VAULT_ADDR"`. */
  readonly source?: string;
  /** What is proposed to be typed, e.g. `"eu-west-1"`. */
  readonly proposal?: string;
}

export interface SuggestedMethod {
  /** What a menu shows, e.g. `"Browser"`. */
  readonly label: string;
  /** What was found that makes it work here, in words, e.g. `"profile prod in ~/.aws/config"`. Then nobody is asked first. */
  readonly found?: string;
  /** The options that choose it, by path. */
  readonly options?: Readonly<Record<string, string>>;
  /** Settings that it needs besides. */
  readonly settings?: readonly SuggestedSetting[];
}

/** One schema with both faces: it validates, and it describes itself as JSON Schema. See https://standardschema.dev. */
export type OptionsSchema<Options extends object> = StandardSchemaV1<unknown, Options> &
  StandardJSONSchemaV1<unknown, Options>;

/** Stamps the contract's version on a provider, so that its author cannot get it wrong. */
export function defineProvider(provider: Omit<Provider, "specVersion">): Provider {
  return { ...provider, specVersion: CONTRACT.current as Provider["specVersion"] };
}

/** Stamps the contract's version on a plugin. */
export function definePlugin<Options extends object>(plugin: Omit<Plugin<Options>, "specVersion">): Plugin<Options> {
  return { ...plugin, specVersion: CONTRACT.current as Provider["specVersion"] };
}
