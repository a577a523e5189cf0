import {
  applyRule,
  certificateRules,
  type ErrorRule,
  findErrorCode,
  findRule,
  networkRules,
  rethrown,
  type SecretError,
} from "@vaultlink/core/provider";

/** What a person can do something about on the way to the vault. */
const NETWORK: readonly ErrorRule[] = [
  ...certificateRules("The vault's certificate", {
    "wrong-host": "export VAULT_TLS_SERVER_NAME=<the name in the certificate>",
    expired: "check the clock of this machine, and renew the vault's certificate",
    untrusted: "export VAULT_CACERT=/path/to/ca.pem",
  }),
  ...networkRules(
    {
      "unknown-host": "The vault's host name is not known here.",
      refused: "Nothing answers at the vault's address.",
      broken: "The connection to the vault broke before its answer was complete.",
      tls: "The vault's address does not speak TLS, or refuses our certificate.",
      proxy: "The proxy did not connect us to the vault.",
    },
    {
      refused: "vault status",
      tls: "try http:// where the address is https://, if the vault speaks plain HTTP there",
    },
  ),
];

const OTHER: ErrorRule = { code: "unavailable", message: "The vault could not be reached." };

/**
 * Turns what a transport threw into our error. Of the original only the code remains: the rest may hold the token. `address`
 * is whom it asked: a sentence about that names scheme, host and port.
 */
export function unreachable(thrown: unknown, signal: AbortSignal, address: string): SecretError {
  return rethrown(thrown, signal, () => {
    const code = findErrorCode(thrown);
    const failure = code === undefined ? {} : { code };
    const rule = findRule(NETWORK, failure) ?? OTHER;
    return applyRule({ ...rule, message: naming(rule.message, address) }, failure, { unknown: OTHER.message });
  });
}

/** The sentence with the address in the place of the words that stand for it. */
function naming(sentence: string, address: string): string {
  const { origin = "null" } = URL.parse(address) ?? {};
  return origin === "null" ? sentence : sentence.replace(/[Tt]he vault's address/, origin);
}
