// Answers SPARQL over a file: a query as a line of JSON in, its answer as a line of JSON out.
const { createRequire } = require("node:module");
const readline = require("node:readline");

const [folder, file] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/node_modules/x.js`)("@comunica/query-sparql-file");

async function text(stream) {
  const parts = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}

async function main() {
  const engine = new QueryEngine();
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { query, graph } = JSON.parse(line);
    try {
      const result = await engine.query(query, { sources: [file] });
      const form = graph ? "text/turtle" : "application/sparql-results+json";
      const { data } = await engine.resultToString(result, form);
      const told = await text(data);
      // Comunica adds "metadata", which the format does not know
      const { head, results, boolean } = graph ? {} : JSON.parse(told);
      console.log(JSON.stringify({ answer: graph ? told : JSON.stringify({ head, results, boolean }) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error && error.message) }));
    }
  }
}

main();
