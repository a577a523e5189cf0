import {
  definedMembers,
  methodOfVariables,
  settingOfVariables,
  type SuggestContext,
  type SuggestedMethod,
  type SuggestedSetting,
  type Suggestions,
} from "@vaultlink/core/provider";
import { REGION_VARIABLES } from "./options.ts";
import { profileOf, readFiles, type Sections } from "./profile-settings.ts";

/** Profiles that are offered; whoever has more names one. */
const MAX_PROFILES = 20;

/** What the variables and files of AWS's own tools hold: a region, keys, profiles, a platform's identity. */
export async function suggest({ env }: SuggestContext): Promise<Suggestions> {
  const setting = settingOfVariables(env, regionSetting(), ...REGION_VARIABLES);
  const region = setting.value === undefined ? undefined : setting;
  const profiles = await profilesOf(env, region);
  const ask = region === undefined ? [regionSetting()] : [];
  return {
    ...(region !== undefined && { settings: [region] }),
    methods: [
      ...keysOf(env, ask),
      ...profiles,
      ...platformOf(env, ask),
      { label: "Access keys", options: { "auth.method": "keys" }, settings: ask },
      ...(profiles.length === 0 ? [namedProfile(ask)] : []),
    ],
  };
}

function regionSetting(value?: string, source?: string): SuggestedSetting {
  return {
    ...{ option: "region", label: "Region, as in the address of the console, e.g. eu-west-1" },
    ...definedMembers({ value, source }),
  };
}

function keysOf(env: SuggestContext["env"], settings: readonly SuggestedSetting[]): readonly SuggestedMethod[] {
  if (profileOf({}, env) !== undefined) return [];
  const method = { label: "Keys in the environment", options: { "auth.method": "environment" }, settings };
  return methodOfVariables(env, method, "AWS_ACCESS_KEY_ID");
}

async function profilesOf(
  env: SuggestContext["env"],
  known: SuggestedSetting | undefined,
): Promise<readonly SuggestedMethod[]> {
  const none: Sections = {};
  const read = readFiles(env).catch(() => ({ configFile: none, credentialsFile: none }));
  const { configFile, credentialsFile } = await read;
  const usual = profileOf({}, env) ?? "default";
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])]
    .filter((name) => !/^(?:sso-session|services)\./.test(name))
    .toSorted((a, b) => Number(b === usual) - Number(a === usual));
  return names.slice(0, MAX_PROFILES).map((name) => {
    const values: Readonly<Record<string, string | undefined>> = { ...configFile[name], ...credentialsFile[name] };
    const file = credentialsFile[name] === undefined ? "~/.aws/config" : "~/.aws/credentials";
    const kind = kindOf(values);
    const region = known === undefined ? [regionSetting(values["region"], `profile ${name}`)] : [];
    return {
      label: `Profile ${name}`,
      found: `profile ${name} in ${file}${kind === undefined ? "" : `, ${kind}`}`,
      options: { "auth.method": "profile", "auth.profile": name },
      settings: region,
    };
  });
}

/** What the credentials of a profile are, for a person who has several. */
function kindOf(values: Readonly<Record<string, string | undefined>>): string | undefined {
  if (values["role_arn"] !== undefined) return `role ${values["role_arn"].split("/").at(-1) ?? ""}`;
  if (Object.keys(values).some((key) => key.startsWith("sso_"))) return "single sign-on";
  if (values["credential_process"] !== undefined) return "a program's credentials";
  if (values["login_session"] !== undefined) return "aws login";
  return values["aws_access_key_id"] === undefined ? undefined : "access keys";
}

function platformOf(env: SuggestContext["env"], settings: readonly SuggestedSetting[]): readonly SuggestedMethod[] {
  const token = { label: "The platform's token", options: { "auth.method": "web-identity" }, settings };
  const container = { label: "The container's role", options: { "auth.method": "container" }, settings };
  return [
    ...methodOfVariables(env, token, "AWS_WEB_IDENTITY_TOKEN_FILE"),
    ...methodOfVariables(env, container, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"),
    ...methodOfVariables(env, container, "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
  ];
}

const namedProfile = (settings: readonly SuggestedSetting[]): SuggestedMethod => ({
  label: "Profile or single sign-on, after: aws configure sso",
  options: { "auth.method": "profile" },
  settings: [{ option: "auth.profile", label: "Profile", proposal: "default" }, ...settings],
});
