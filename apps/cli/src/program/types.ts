import type { Result } from "../output/result.ts";
import type { CliContext } from "../context.ts";

/** Does what a command line asks. */
export type Work = (context: CliContext) => Promise<Result>;

/** What a command line asks for. */
export interface Asked {
  readonly work: Work;
  readonly json: boolean;
}

/** The option that every command has. */
export interface Json {
  readonly json?: boolean;
}

/** Hands over what a command line asks, once commander has read it. */
export type Ready = (work: Work, options: Json) => void;
