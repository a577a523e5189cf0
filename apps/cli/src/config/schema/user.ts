import { connections, duration, head, links } from "./parts.ts";
import type { Schema } from "./types.ts";

const minutes = duration("Minutes.", 0);

/** `vaultlink/config.json`: one person's connections and settings. */
export const userSchema: Schema = {
  description: "One person's connections, settings and own links. Holds no value and no credential.",
  type: "object",
  properties: {
    ...head,
    cache: {
      description: "How long values are kept in memory.",
      type: "object",
      properties: {
        ttl: duration("Minutes a value is kept; 0 keeps nothing.", 60),
        onExpired: {
          description: "What happens to fresh values once the credentials that read them expired.",
          type: "string",
          enum: ["withhold", "serve"],
          default: "withhold",
        },
        staleOnError: duration("Minutes an expired value may still answer while its vault cannot be asked.", 0),
        refreshAhead: {
          description:
            "When a value that is used is read again before it expires: in which last share of its life, e.g. 0.2, or how many minutes before; 0 waits for its end.",
          anyOf: [...(minutes.anyOf ?? []), { type: "number", minimum: 0, maximum: 0.5 }],
          default: 0,
        },
      },
      additionalProperties: false,
    },
    agent: {
      description:
        "Whether commands share one process in the background, which keeps you signed in and values cached; auto: where a person is at a terminal.",
      type: "string",
      enum: ["auto", "on", "off"],
      default: "auto",
    },
    audit: {
      description:
        "Whether vaultlink/audit.jsonl in the folder for state notes who was given which name, or refused it; never a value.",
      type: "boolean",
      default: false,
    },
    connections,
    links,
    disconnected: {
      description: "Connections that were disconnected here, until `vaultlink reauth` or `connect`.",
      type: "array",
      items: { type: "string" },
    },
    allowedNames: {
      description: "Names of dangerous environment variables that `run` may set all the same, e.g. NODE_OPTIONS.",
      type: "array",
      items: { type: "string" },
    },
  },
  required: ["version"],
  additionalProperties: false,
};
