import { isSecretError, SecretError } from "@vaultlink/core";
import { type Context, type Http, isLoopbackHost, isMetadataHost } from "@vaultlink/core/provider";
import type { Credentials } from "./sign-in.ts";
import { HINT } from "./options.ts";

const ACCOUNT = "computeMetadata/v1/instance/service-accounts/default/";

/**
 * Credentials of the machine, from the metadata server of Google's cloud, which is asked in plain http.
 * https://docs.cloud.google.com/compute/docs/metadata/querying-metadata
 * Throws `unauthenticated` where there is no such server: then there are no credentials at all.
 */
export async function fromMetadata(
  http: Http,
  host: string | undefined,
  context: Pick<Context, "signal">,
): Promise<Credentials> {
  const url = `http://${host ?? "metadata.google.internal"}`;
  const { hostname = "" } = URL.parse(url) ?? {};
  if (!isLoopbackHost(hostname) && !isMetadataHost(hostname)) {
    throw new SecretError("invalid_config", "GCE_METADATA_HOST names no metadata server.");
  }
  // What asks without this header is refused: a page in a browser could not send it.
  const server = await http.connect({ url, plainHttp: true, hint: HINT });
  server.use({ "metadata-flavor": "Google" });
  return {
    project: await projectOf(server, context),
    async signIn(call) {
      const { email } = await server.fields({ path: ACCOUNT, query: { recursive: "true" } }, call, { email: "string" });
      const { access_token, expires_in } = await server.fields({ path: `${ACCOUNT}token` }, call, {
        ...{ access_token: "string", expires_in: "number" },
      });
      return { token: access_token, expiresAt: Date.now() + expires_in * 1000, identity: email };
    },
  };
}

async function projectOf(server: Http, context: Pick<Context, "signal">): Promise<string> {
  try {
    const { bytes } = await server.send({ path: "computeMetadata/v1/project/project-id" }, context);
    return new TextDecoder().decode(bytes).trim();
  } catch (thrown) {
    // Outside of the cloud the name is not known.
    const isElsewhere = isSecretError(thrown) && /^(?:ENOTFOUND|EAI_AGAIN)$/.test(thrown.details.native?.code ?? "");
    if (!isElsewhere) throw thrown;
    throw new SecretError("unauthenticated", "There are no application default credentials.", { hint: HINT });
  }
}
