import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";

/** Reads twice with the recipe's instruments, disconnects, and prints what an exporter got. */
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });
metrics.setGlobalMeterProvider(provider);
await import("../../examples/recipes/opentelemetry.ts");
const { vault } = await import("../../examples/recipes/vault.ts");

await vault.get("API_KEY");
await vault.get("API_KEY");
await vault.disconnect("hcv");
await vault.close();
await provider.forceFlush();

for (const { scopeMetrics } of exporter.getMetrics()) {
  for (const { metrics: found } of scopeMetrics) {
    for (const { descriptor, dataPoints } of found) {
      for (const { attributes, value } of dataPoints) {
        const times = typeof value === "number" ? value : value.count;
        console.log(`${descriptor.name} ${JSON.stringify(attributes)} ${times}`);
      }
    }
  }
}
await provider.shutdown();
