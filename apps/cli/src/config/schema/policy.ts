import { connection, connections, head } from "./parts.ts";
import type { Schema } from "./types.ts";

const names = (description: string): Schema => ({ description, type: "array", items: { type: "string" } });

const roles: Schema = {
  description: "Who may disconnect the connections that a team manages.",
  type: "object",
  properties: {
    proof: {
      description:
        "What shows it: vault, the roles that the vault grants the session; file, the user of the operating system.",
      type: "string",
      enum: ["vault", "file"],
      default: "vault",
    },
    admin: names("Roles at the vault, or names of users; with vault, vaultlink-admin if absent."),
    superAdmin: names("More of them; either suffices."),
  },
  additionalProperties: false,
};

const limits: Schema = {
  description: "What nobody's own configuration may exceed.",
  type: "object",
  properties: {
    maxTtlMinutes: { description: "Minutes a value is kept at most.", type: "integer", minimum: 0, maximum: 525_600 },
    maxPerProvider: {
      description: "Connections per provider; null for any number.",
      anyOf: [{ type: "integer", minimum: 0, maximum: 1000 }, { type: "null" }],
    },
    refreshAhead: {
      description: "Whether values may be read again before they expire: reads that nobody waits for.",
      type: "string",
      enum: ["allow", "forbid"],
      default: "allow",
    },
    audit: {
      description: "Whether every user's reads are noted in a log of that user's, or as each of them says.",
      type: "string",
      enum: ["optional", "require"],
      default: "optional",
    },
    staleOnError: {
      description: "Whether expired values may answer while their vault cannot be asked.",
      type: "string",
      enum: ["allow", "forbid"],
      default: "allow",
    },
  },
  additionalProperties: false,
};

/** A connection as a policy has it. */
export const policyConnection: Schema = {
  ...connection,
  properties: {
    ...connection.properties,
    managedBy: {
      description: "Who may disconnect it: team, its admins; user, anybody. hashicorp: team if absent; others: user.",
      type: "string",
      enum: ["team", "user"],
    },
  },
};

/** `vaultlink/policy.json` in the system's folder: what a machine's administrator says for all its users. */
export const policySchema: Schema = {
  description: "A team's connections and limits, for every user of this machine. Holds no value and no credential.",
  type: "object",
  properties: {
    ...head,
    roles,
    connections: { ...connections, additionalProperties: policyConnection },
    hashicorp: {
      description: "Connections to HashiCorp Vault that are not the team's.",
      type: "object",
      properties: {
        personal: {
          description: "Whether users and projects may have some of their own.",
          type: "string",
          enum: ["deny", "allow"],
          default: "deny",
        },
      },
      additionalProperties: false,
    },
    limits,
    disconnected: names("Connections that an admin has disconnected for everybody; `vaultlink disconnect` notes them."),
  },
  required: ["version"],
  additionalProperties: false,
};
