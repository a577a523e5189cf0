import type { Configuration } from "./load.ts";
import type { ConnectionOrigin } from "./merge.ts";

/** The file that a connection comes from. */
export function originFile(
  origin: ConnectionOrigin | undefined,
  { policy, project, user }: Pick<Configuration, "policy" | "project" | "user">,
): string {
  switch (origin) {
    case "policy":
      return policy?.file ?? "";
    case "project":
      return project?.file ?? "";
    case "user":
    case undefined:
      return user.file;
  }
}
