import { type Prompter, prompt, SecretError } from "@vaultlink/core/provider";

/** The code of an MFA device. Throws `unauthenticated` where nobody can be asked, or nothing was typed. */
export async function askCode(prompter: Prompter | undefined): Promise<string> {
  const code = await prompt(prompter, { label: "MFA code", secret: true });
  if (code !== undefined) return code;
  throw new SecretError("unauthenticated", "The credentials need an MFA code, and nobody can be asked for it.", {
    hint: "vaultlink reauth",
  });
}
