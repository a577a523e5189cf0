import type { SuggestedMethod, SuggestedSetting } from "../contract/plugin.ts";
import { namedVariable, type ProviderEnv, variable } from "./environment.ts";

/** A way to sign in as found, where every one of these variables is set; the last of them is named. Else none. */
export function methodOfVariables(
  env: ProviderEnv,
  method: SuggestedMethod,
  ...needed: readonly string[]
): readonly SuggestedMethod[] {
  const isThere = needed.every((name) => variable(env, name) !== undefined);
  return isThere ? [{ ...method, found: `${needed.at(-1) ?? ""} is set` }] : [];
}

/** A setting with what the first of these variables that is set holds; as it is where none is. */
export function settingOfVariables(
  env: ProviderEnv,
  setting: SuggestedSetting,
  ...variables: readonly string[]
): SuggestedSetting {
  const found = namedVariable(env, variables);
  return found === undefined ? setting : { ...setting, value: found.value, source: found.name };
}
