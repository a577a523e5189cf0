import { type Clock, type Disconnected, SecretError } from "@vaultlink/core";
import type { Operation } from "../protocol/call.ts";
import type { Message } from "../protocol/frame.ts";
import type { Operations } from "../server/agent.ts";
import type { Call } from "../server/call.ts";
import type { Held } from "../server/life.ts";
import type { ConfigurationSource } from "./configuration.ts";
import { followEvents } from "./events.ts";
import { list } from "./list.ts";
import { withEnv } from "./needs.ts";
import { openConnection } from "./open.ts";
import { readAs, readerOf } from "./reader.ts";
import { optionalText, placeOf, textOf } from "./request.ts";
import { reset } from "./reset.ts";
import { resolve } from "./resolve.ts";
import { version } from "./version.ts";
import { type Workspace, Workspaces } from "./workspaces.ts";

/** What the agent does, over vaults that it makes of the configuration. */
export class VaultOperations implements Operations {
  readonly #source: ConfigurationSource;
  readonly #workspaces: Workspaces;

  constructor(source: ConfigurationSource, clock: Clock) {
    this.#source = source;
    this.#workspaces = new Workspaces(source, clock);
  }

  held(): Held {
    return this.#workspaces.held();
  }

  perform(operation: Exclude<Operation, "ping" | "stop">, request: Message, call: Call): Promise<object> {
    if (operation === "events") return followEvents(call);
    return this.#workspaces.use(placeOf(request), async (workspace) => {
      if (!workspace.configuration.isWanted) throw unwanted();
      return readAs(readerOf(request), () => this.#perform(operation, request, { call, workspace }));
    });
  }

  async #perform(
    operation: Exclude<Operation, "ping" | "stop" | "events">,
    request: Message,
    { call, workspace }: { readonly call: Call; readonly workspace: Workspace },
  ): Promise<object> {
    const { vault } = workspace;
    switch (operation) {
      case "resolve":
        return resolve(workspace, request, { call, source: this.#source });
      case "version":
        return version(workspace, request, { call, source: this.#source });
      case "open":
        return openConnection(workspace, request, {
          ...{ call, source: this.#source },
          owner: this.#workspaces.vaultOf(workspace.configuration),
          keep: (proposed) => this.#workspaces.keep(proposed),
        });
      case "list":
        return list(workspace, request, { call, source: this.#source });
      case "status": {
        const connections = Object.keys(workspace.configuration.connections);
        return withEnv({ request, connections, workspace, source: this.#source }, (env) => vault.status({ env }));
      }
      case "reset":
        return reset(workspace, request, call);
      case "ttl":
        return { ttl: vault.status().cache.ttl };
      case "disconnect":
        return told(await vault.disconnect(textOf(request, "connection")));
      case "logout":
        return this.#logout(workspace, optionalText(request, "connection"));
    }
  }

  async #logout({ configuration, vault }: Workspace, only: string | undefined): Promise<object> {
    const names = only === undefined ? Object.keys(configuration.connections) : [only];
    const ended = await Promise.all(
      names.map(async (connection) => ({ connection, ...(await vault.logout(connection)) })),
    );
    return { connections: ended };
  }
}

const told = (disconnected: Disconnected): object => ({ ...disconnected });

/** The client then does without. */
function unwanted(): SecretError {
  return new SecretError("unavailable", "The configuration says that there is to be no agent.", {
    reason: "agent-off",
  });
}
