import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent, AgentOptions } from "node:https";
import { secureAgentOptions } from "./certificates.ts";

/** How a session reaches its servers. */
export interface AgentSettings {
  /** Authorities to trust, PEM, as `trustedCertificates` gives them. @default those of Node */
  readonly ca?: readonly string[] | undefined;
  /** The proxy, as `findProxy` gives it. @default none */
  readonly proxyEnv?: Readonly<Record<string, string>> | undefined;
  /** Sockets at a time and host. @default any number */
  readonly maxSockets?: number;
  /** A client's own certificate and its key, PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that the server's certificate must be for, where it is not the address's host. */
  readonly servername?: string;
}

/** The sockets of one session: kept alive between calls, and ended with it. */
export interface Agents {
  /** For plain http, which is for loopback only: without a proxy, which would see what is sent. */
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
  destroy(): void;
}

/** Makes a session's agents. Certificates are checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says. */
export function createAgents(settings: AgentSettings = {}): Agents {
  const { maxSockets } = settings;
  const http = new (process.getBuiltinModule("node:http").Agent)({
    keepAlive: true,
    ...(maxSockets !== undefined && { maxSockets }),
  });
  const https = createHttpsAgent(settings);
  return {
    http,
    https,
    destroy: () => {
      http.destroy();
      https.destroy();
    },
  };
}

/** Makes the agent for https alone. */
export function createHttpsAgent({ ca, proxyEnv, ...own }: AgentSettings = {}): HttpsAgent {
  const options: AgentOptions = { keepAlive: true, ...own, ...secureAgentOptions({ ca, proxyEnv }) };
  return new (process.getBuiltinModule("node:https").Agent)(options);
}
