import * as fc from "fast-check";

/** What somebody, or some vault, may do wrong. */
export interface BadInput {
  readonly argv: readonly string[];
  /** Text of the user's configuration and of the project's; absent: good ones. */
  readonly user?: string;
  readonly project?: string;
  /** What the vault answers each read with. */
  readonly answer: { readonly status: number; readonly body: string; readonly type: string };
}

/** What may be a secret that was pasted; it can be nobody's name. */
const CANARIES = [
  "vlcanary pasted",
  "postgres://u:vlcanary-p@h/db",
  "vlcanary/+=",
  "aws vlcanary",
  "vlcanary\u0000nul",
];
/** One of them. */
export const canary: fc.Arbitrary<string> = fc.constantFrom(...CANARIES);

/** What a vault answers that is well. */
export const GOOD: BadInput["answer"] = {
  status: 200,
  type: "application/json",
  body: JSON.stringify({ data: { data: { password: "vlcanary-value" }, metadata: { version: 1 } } }),
};
