import { type Provider, SecretError } from "@vaultlink/core";
import {
  type Context,
  defineProvider,
  fieldsOf,
  type Http,
  HTTP_VARIABLES,
  httpSession,
  type HttpSession,
  listPages,
  type Locator,
  whereFacts,
} from "@vaultlink/core/provider";
import { documentOf, versionOf } from "./answer.ts";
import { CREDENTIAL_VARIABLES, findCredentials } from "./credentials.ts";
import { secretOf } from "./locator.ts";
import { HINT, type Options } from "./options.ts";

/** Entries of one page; the service gives at most 25,000. */
const PAGE = 1000;

/**
 * Reads secrets from Google Secret Manager: `google://db-password?version=3`.
 * https://docs.cloud.google.com/secret-manager/docs/reference/rest
 */
export function google(options: Options = {}): Provider {
  const { url = "https://secretmanager.googleapis.com", credentials } = options;
  return defineProvider({
    name: "google",
    envVariables: ["GOOGLE_CLOUD_PROJECT", ...CREDENTIAL_VARIABLES, ...HTTP_VARIABLES],
    where: async ({ env }) => ({
      facts: whereFacts(env, [
        { what: "project", option: options.project, variables: ["GOOGLE_CLOUD_PROJECT"] },
        { what: "url", option: options.url },
      ]),
      address: url,
    }),
    open: (context) =>
      httpSession(context, { url, hint: HINT, codeOf }, async (http) => {
        const { signIn, project } = await findCredentials(http, context, credentials);
        const { token, ...rest } = await signIn(context);
        http.use({ authorization: `Bearer ${token}` });
        return {
          ...rest,
          ...calls(http, options.project ?? context.env["GOOGLE_CLOUD_PROJECT"] ?? project),
          renew: async (call) => {
            const { token: next, ...renewed } = await signIn(call);
            http.use({ authorization: `Bearer ${next}` });
            return renewed;
          },
        };
      }),
  });
}

function calls(http: Http, own: string | undefined): Pick<HttpSession, "read" | "version" | "list"> {
  const parent = (project = own): string => {
    if (project !== undefined && project !== "") return `v1/projects/${encodeURIComponent(project)}/secrets`;
    throw new SecretError("invalid_config", "Say which project: the option project, or GOOGLE_CLOUD_PROJECT.");
  };
  const path = (locator: Locator): string => {
    const { project, secret, version } = secretOf(locator);
    return `${parent(project)}/${secret}/versions/${version}`;
  };
  return {
    async read(locator, context) {
      return documentOf(await http.json({ path: `${path(locator)}:access` }, context));
    },
    version: async (locator, context) => versionOf(await http.json({ path: path(locator) }, context)),
    list: ({ prefix }, context: Context) =>
      listPages(async (pageToken) => {
        const request = { path: parent(), query: { pageSize: PAGE, pageToken } };
        const page = await http.fields(request, context, {
          secrets: "array?",
          nextPageToken: "string?",
          totalSize: "number?",
        });
        // An empty project has no `secrets`: what has neither is another service's answer.
        if (page.secrets === undefined && page.totalSize === undefined) fieldsOf(page, { secrets: "array" });
        const names = (page.secrets ?? []).map(
          (secret) => fieldsOf(secret, { name: "string" }).name.split("/").at(-1) ?? "",
        );
        const entries = names
          .filter((name) => name.startsWith(prefix))
          .map((name) => ({ locator: { path: name, query: {} } }));
        return { entries, next: page.nextPageToken };
      }),
  };
}

/** A version that is disabled or destroyed is status 400: https://docs.cloud.google.com/apis/design/errors#handling_errors */
function codeOf(status: number, body: unknown): "unusable" | undefined {
  if (status !== 400) return undefined;
  const { error } = fieldsOf(body, { error: "object?" });
  return error?.["status"] === "FAILED_PRECONDITION" ? "unusable" : undefined;
}
