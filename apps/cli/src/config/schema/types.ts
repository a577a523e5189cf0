/** The part of JSON Schema (draft 2020-12) that our files need: what checks them is what editors complete from. */
export interface Schema {
  readonly description?: string;
  readonly type?: SchemaType;
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  /** What to say when `pattern` does not match; editors show it too. */
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  /** Alternatives, told apart by their `type`. */
  readonly anyOf?: readonly Schema[];
}

export type SchemaType = "array" | "boolean" | "integer" | "null" | "number" | "object" | "string";
