import { handler } from "../../examples/recipes/lambda.ts";

/** Two invocations in one environment. */
const invoke = handler as unknown as () => Promise<unknown>;
console.log(JSON.stringify(await invoke()));
console.log(JSON.stringify(await invoke()));
process.exit();
