import { createVault } from "@vaultlink/core";
import { aws } from "@vaultlink/provider-aws";
import type { APIGatewayProxyHandlerV2 } from "aws-lambda";

/** Outside the handler: an environment that is reused keeps its sign-in and its cache. */
const vault = createVault({
  connections: { "aws-prod": aws({ region: "eu-west-1" }) },
  links: { DB_USER: "aws-prod://app/db#username" },
  env: process.env,
  cache: { ttl: 15 },
});

export const handler: APIGatewayProxyHandlerV2 = async () => {
  const user = await vault.get("DB_USER");
  return { statusCode: 200, body: `signed in as ${user.reveal()}, read from the ${user.provenance.source}` };
};
