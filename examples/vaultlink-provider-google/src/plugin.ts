import type { Plugin } from "@vaultlink/core";
import { defineOptions, definePlugin } from "@vaultlink/core/provider";
import { parseIdentifier } from "./locator.ts";
import type { Options } from "./options.ts";
import { google } from "./provider.ts";

/** What configuration, prompts and editors need to know. */
export const plugin: Plugin<Options> = definePlugin<Options>({
  name: "google",
  title: "Google Secret Manager",
  options: defineOptions<Options>({
    project: "Id or number of the project.",
    credentials: "Absolute path of a file of credentials.",
    url: {
      type: "string",
      description: "Base address of the service.",
      default: "https://secretmanager.googleapis.com",
    },
  }),
  create: google,
  parseIdentifier,
  pattern: "<secret>",
});
