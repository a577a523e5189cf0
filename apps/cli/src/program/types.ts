import type { Outcome } from "../output/outcome.ts";
import type { World } from "../world.ts";

/** Does what a command line asks. */
export type Work = (world: World) => Promise<Outcome>;

/** Hands over what a command line asks, once commander has read it. */
export type Ready = (work: Work, options: { readonly json?: boolean }) => void;
