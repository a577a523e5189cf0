import type { Kind } from "./change.ts";
import { projectSchema } from "./schema/project.ts";
import { userSchema } from "./schema/user.ts";

/** `vaultlink.json`. Its schema is found where the project has the command installed. */
export const PROJECT: Kind = {
  schema: projectSchema,
  privacy: "shared",
  reference: "./node_modules/vaultlink/schema/project.json",
};

/** The user configuration. */
export const USER: Kind = { schema: userSchema, privacy: "private" };
