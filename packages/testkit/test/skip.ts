import type { Skips } from "../src/index.ts";

/** What a vault in this process has not. */
export const SKIP: Skips = {
  "neither importing nor creating loads the SDK": "A memory vault has no SDK.",
  "neither importing nor creating reaches out": "A memory vault is part of the kit, and has no package of its own.",
  "prints nothing in a process of its own, with `DEBUG=*`": "A memory vault has no SDK that could.",
};
