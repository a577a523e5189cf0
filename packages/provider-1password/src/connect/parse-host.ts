import { parseAddress } from "@vaultlink/core/provider";

const EXAMPLE = "https://connect.example.com";
export const HOST_HINT: string = `export OP_CONNECT_HOST=${EXAMPLE}`;

/** Gives a Connect server's address without a final slash. Throws `invalid_config`; every request carries the token. */
export function parseHost(text: string, what: string): string {
  return parseAddress(text, { what, example: EXAMPLE, hint: HOST_HINT });
}
