import type { Skips } from "@vaultlink/testkit";

const NOBODY = "Credentials are found, and nobody is asked: a person signs in with gcloud.";

/** What Google Secret Manager has not, and why: part of the data sheet. */
export const SKIPS: Skips = {
  "an empty value is a value": "Secret Manager refuses an empty payload.",
  "`state` tells what cannot be given": "Versions are disabled, not secrets: a listing of secrets does not tell.",
  "`release` ends the lease": "Secret Manager makes no credentials on demand.",
  "without `prompter`: no prompt, no browser, settles": NOBODY,
  "with it: secrets asked as `secret`": NOBODY,
  "declined = `aborted`": NOBODY,
  "URLs are https or loopback": NOBODY,
};
