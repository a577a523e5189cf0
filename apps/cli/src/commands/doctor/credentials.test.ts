import { expect, it } from "vitest";
import { foundCredentials } from "./credentials.ts";

it("names no variable as a credential that says where programs are (F20)", () => {
  const env = { PATH: "/bin", HOME: "/home/me", AWS_PROFILE: "dev" };
  const variables = ["AWS_*", "HOME", "PATH"];
  const { message } = foundCredentials(env, { provider: "aws" }, { variables, suggestions: {} });
  expect(message).toBe("found AWS_PROFILE");
});
