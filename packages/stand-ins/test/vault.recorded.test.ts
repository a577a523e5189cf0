import { describe } from "vitest";
import { startRecorded } from "./questions/recorded.ts";
import { askAboutSecrets } from "./questions/secrets.ts";
import { askAboutTokens } from "./questions/tokens.ts";

/** The questions of `vault.real.test.ts`, where no real server is: its answers were recorded. */
describe("answers as OpenBao 2.7.1 did", () => {
  describe("about secrets", () => {
    askAboutSecrets(startRecorded);
  });
  describe("about tokens", () => {
    askAboutTokens(startRecorded);
  });
});
