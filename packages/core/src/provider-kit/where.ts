import type { WhereFact } from "../contract/provider.ts";
import { namedVariable, type ProviderEnv } from "./environment.ts";

/** What may say which vault it is: an option, else a variable. */
export interface WhereField {
  /** What it is, e.g. `"address"` or `"region"`. */
  readonly what: string;
  /** What the option holds. */
  readonly option: string | readonly string[] | undefined;
  /** Looked at where there is no such option, first to last. */
  readonly variables?: readonly string[];
}

/** What options and variables say of which vault it is, in the order of the fields. */
export function whereFacts(env: ProviderEnv, fields: readonly WhereField[]): readonly WhereFact[] {
  return fields.flatMap(({ what, option, variables = [] }): readonly WhereFact[] => {
    const value = typeof option === "object" ? option.join(" ") : option;
    if (value !== undefined && value !== "") return [{ what, value }];
    const found = namedVariable(env, variables);
    return found === undefined ? [] : [{ what, value: found.value, variable: found.name }];
  });
}
