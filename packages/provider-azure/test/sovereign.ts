import { type AzureStandIn, startAzure } from "@vaultlink/stand-ins";
import { type ConnectProxy, connectProxy } from "@vaultlink/test-support";
import type { Env } from "./support.ts";

/** One of Azure's clouds by its own host names, which a proxy leads to a stand-in. */
export interface SovereignCloud {
  readonly azure: AzureStandIn;
  readonly proxy: ConnectProxy;
  /** The application `app`, with the proxy, and without any address. */
  readonly env: Env;
  readonly stop: () => Promise<void>;
}

/** The vault is `app` below `domain`, and Entra at `authority`, a host name. */
export async function sovereignCloud(domain: string, authority: string): Promise<SovereignCloud> {
  const vault = `app.${domain}`;
  const azure = await startAzure({ hosts: [`*.${domain}`, authority] });
  const proxy = await connectProxy({ leads: { [`${vault}:443`]: azure.url, [`${authority}:443`]: azure.authority } });
  const { AZURE_KEYVAULT_URL: _, AZURE_AUTHORITY_HOST: __, ...env } = azure.env;
  return {
    azure,
    proxy,
    env: { ...env, HTTPS_PROXY: proxy.url },
    stop: async () => {
      await proxy.stop();
      await azure.stop();
    },
  };
}
