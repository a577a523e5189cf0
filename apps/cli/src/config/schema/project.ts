import { connections, head, links } from "./parts.ts";
import type { Schema } from "./types.ts";

/** `vaultlink.json`: committed, and never trusted with more than links before `vaultlink trust`. */
export const projectSchema: Schema = {
  description: "The links of a project. Holds no value and no credential, and is meant to be committed.",
  type: "object",
  properties: { ...head, links, connections },
  required: ["version"],
  additionalProperties: false,
};
