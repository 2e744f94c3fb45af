// Which scripts mean something else without their comments: [[name, with, without], …] on stdin,
// the names on stdout, as the parser of TypeScript reads and writes them.
import {readFileSync} from "node:fs";
import ts from "typescript";

const printer = ts.createPrinter({removeComments: true});
const meant = (name, source) => {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  if (file.parseDiagnostics.length) throw new Error(`${name} is no script`);
  return printer.printFile(file);
};

const differing = JSON.parse(readFileSync(0, "utf8")).filter(([name, long, short]) => meant(name, long) !== meant(name, short));
process.stdout.write(JSON.stringify(differing.map(([name]) => name)));
