import type { Kind } from "./change.ts";
import { projectSchema } from "./schema/project.ts";
import { userSchema } from "./schema/user.ts";

/** `vaultlink.json`. */
export const PROJECT: Kind = { schema: projectSchema, privacy: "shared" };

/** The user configuration. */
export const USER: Kind = { schema: userSchema, privacy: "private" };
