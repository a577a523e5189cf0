import type { Schema } from "./types.ts";

/** A link's name. Letters of environment variables, and what other tools use in names besides. */
export const LINK_NAME = "^[A-Za-z_][A-Za-z0-9_.-]{0,127}$";

/** Minutes up to a year; a number, or text with a unit. */
export const duration = (description: string, fallback: number): Schema => ({
  description,
  anyOf: [
    { type: "integer", minimum: 0, maximum: 525_600 },
    {
      type: "string",
      pattern: "^[0-9]{1,6}[mh]?$",
      patternErrorMessage: 'A duration is a number of minutes, or such as "90m" or "2h".',
    },
  ],
  default: fallback,
});

const reference: Schema = {
  description: "Which secret it is: connection://path#field, or the vault's own identifier.",
  type: "string",
  examples: ["hcv://secret/db#password"],
};

const linkRecord: Schema = {
  type: "object",
  properties: {
    reference: {
      description: "Which secret it is; null declares the name only.",
      anyOf: [reference, { type: "null" }],
    },
    required: { description: "Whether `run` may start without it.", type: "boolean", default: true },
    enabled: { description: "Whether the link may be used.", type: "boolean", default: true },
    allowedDomains: {
      description: "Hosts the value may be sent to; empty means any.",
      type: "array",
      items: { type: "string" },
    },
  },
  required: ["reference"],
  additionalProperties: false,
};

export const links: Schema = {
  description: "Names, and the secret each one stands for.",
  type: "object",
  propertyNames: {
    type: "string",
    pattern: LINK_NAME,
    patternErrorMessage: "A link's name begins with a letter or _ and holds letters, digits, _ . and -.",
  },
  additionalProperties: {
    description: "A reference, null for a name that is not linked yet, or a reference with settings.",
    anyOf: [reference, { type: "null" }, linkRecord],
  },
};

const program: Schema = {
  type: "object",
  properties: {
    command: {
      description: "The program and its arguments. Relative paths are below this file's folder.",
      type: "array",
      items: { type: "string" },
      minItems: 1,
    },
    envVariables: {
      description: "The environment variables it is given; a final * makes a prefix.",
      type: "array",
      items: { type: "string" },
    },
    where: {
      description: "Whether it answers provider.where: which vault it reaches, before a session.",
      type: "boolean",
    },
  },
  required: ["command"],
  additionalProperties: false,
};

/** A connection as far as every provider has it; the provider's own options stand beside these. */
export const connection: Schema = {
  type: "object",
  properties: {
    provider: {
      description:
        "Which kind of vault it is: a name, the package or the path of somebody else's provider, or a program.",
      examples: ["hashicorp", "vaultlink-provider-acme"],
      anyOf: [{ type: "string" }, program],
    },
    maxSession: {
      description: "Minutes after which a login given by a person ends.",
      type: "integer",
      minimum: 1,
    },
  },
  required: ["provider"],
  additionalProperties: true,
};

export const connections: Schema = {
  description: "Vaults by name; the name is the scheme of references to them.",
  type: "object",
  propertyNames: {
    type: "string",
    pattern: "^(?!https?$)[a-z][a-z0-9-]{0,62}$",
    patternErrorMessage: "A connection's name holds lower-case letters, digits and hyphens, and is not http or https.",
  },
  additionalProperties: connection,
};

export const head: Readonly<Record<string, Schema>> = {
  $schema: { description: "Where editors find this schema.", type: "string" },
  version: { description: "The version of this format.", type: "integer", const: 1 },
};
