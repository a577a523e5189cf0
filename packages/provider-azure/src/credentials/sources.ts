import type { AuthMethod } from "../options.ts";
import { withAssertion, withCertificate, withSecret, withWorkload } from "./application.ts";
import { byBrowser } from "./browser.ts";
import { byDeviceCode } from "./device-code.ts";
import type { Ground } from "./ground.ts";
import type { Source } from "./source.ts";
import { inThread } from "./thread.ts";

/** The way to sign in by a method. Does nothing yet. */
export function sourceOf(method: AuthMethod, ground: Ground): Source {
  switch (method) {
    case "client-secret":
      return withSecret(ground);
    case "client-certificate":
      return withCertificate(ground);
    case "client-assertion":
      return withAssertion(ground);
    case "workload-identity":
      return withWorkload(ground);
    case "browser":
      return byBrowser(ground);
    case "device-code":
      return byDeviceCode(ground);
    case "default":
    case "managed-identity":
    case "pipelines":
    case "cli":
      return inThread(method, ground);
  }
}
