// Prints what gift-pegjs, a strict parser of GIFT, reads in a file; a fault is exit status 1 with its place.
import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

try {
  console.log(JSON.stringify(parse(readFileSync(process.argv[2], "utf8"))));
} catch (fault) {
  console.error(`${fault.message} ${JSON.stringify(fault.location)}`);
  process.exit(1);
}
