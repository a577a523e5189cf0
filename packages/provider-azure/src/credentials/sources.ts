import type { AuthMethod } from "../options.ts";
import { withAssertion, withCertificate, withSecret, withWorkload } from "./application.ts";
import { byBrowser } from "./browser.ts";
import { byDeviceCode } from "./device-code.ts";
import type { CredentialContext } from "./credential-context.ts";
import type { Source } from "./source.ts";
import { inThread } from "./thread.ts";

/** The way to sign in by a method. Does nothing yet. */
export function sourceOf(method: AuthMethod, context: CredentialContext): Source {
  switch (method) {
    case "client-secret":
      return withSecret(context);
    case "client-certificate":
      return withCertificate(context);
    case "client-assertion":
      return withAssertion(context);
    case "workload-identity":
      return withWorkload(context);
    case "browser":
      return byBrowser(context);
    case "device-code":
      return byDeviceCode(context);
    case "default":
    case "managed-identity":
    case "pipelines":
    case "cli":
      return inThread(method, context);
  }
}
