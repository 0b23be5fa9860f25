// What Comunica makes of a query at an endpoint, as JSON: rows by variable, a boolean, or triples.
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, text] = process.argv.slice(2);
const engine = new QueryEngine();
const found = await engine.query(text, { sources: [{ type: "sparql", value: endpoint }] });
const told = (term) => ({ type: term.termType, value: term.value, language: term.language ?? "" });

if (found.resultType === "bindings") {
  const rows = await (await found.execute()).toArray();
  const read = rows.map((row) => Object.fromEntries([...row].map(([v, t]) => [v.value, told(t)])));
  process.stdout.write(JSON.stringify(read));
} else if (found.resultType === "boolean") {
  process.stdout.write(JSON.stringify(await found.execute()));
} else {
  const quads = await (await found.execute()).toArray();
  const triple = (quad) => [quad.subject.value, quad.predicate.value, quad.object.value];
  process.stdout.write(JSON.stringify(quads.map(triple)));
}
