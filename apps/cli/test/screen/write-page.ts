import { writeFile } from "node:fs/promises";
import { PAGE, pageOf } from "./page.ts";
import { takePictures } from "./pictures.ts";

/* Takes the pictures of the window anew: `pnpm --filter vaultlink window`. */
await writeFile(PAGE, pageOf(await takePictures()));
