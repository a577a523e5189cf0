import { describeMatrix } from "./suite.ts";

await describeMatrix("../../../../docs/site/src/content/docs/guides/matrix.md");
