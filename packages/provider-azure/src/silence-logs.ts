import { AzureLogger } from "@azure/logger";
import { TypeSpecRuntimeLogger } from "@typespec/ts-http-runtime";
import { isOurs } from "./exchanges.ts";

let silenced = false;

/**
 * With `DEBUG=*` or `AZURE_LOG_LEVEL` the SDK prints requests. What calls of ours lead to is not printed; whoever else
 * uses the SDK in this process still sees its own.
 */
export function silenceLogs(): void {
  if (silenced) return;
  silenced = true;
  for (const logger of [AzureLogger, TypeSpecRuntimeLogger]) {
    const log: (...given: unknown[]) => void = logger.log.bind(logger);
    logger.log = (...given: unknown[]) => {
      if (!isOurs()) log(...given);
    };
  }
}
