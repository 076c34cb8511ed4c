// Ingests the files named on standard input, one path relative to the folder of argument 1 a line, with LangChain.js as its
// documentation shows it, and prints a table. Embeddings are hashed words: cheap, so that the store is measured and not a model.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PostgresRecordManager } from "@langchain/community/indexes/postgres";
import { PGVectorStore } from "@langchain/community/vectorstores/pgvector";
import { Embeddings } from "@langchain/core/embeddings";
import { index } from "@langchain/core/indexing";
import { Document } from "@langchain/core/documents";
import { MarkdownTextSplitter } from "@langchain/textsplitters";
import pg from "pg";

const dimensions = 384;

class HashedWords extends Embeddings {
  constructor() {
    super({});
    this.count = 0;
  }

  async embedDocuments(texts) {
    this.count += texts.length;
    return texts.map((text) => this.#embed(text));
  }

  async embedQuery(text) {
    return this.#embed(text);
  }

  #embed(text) {
    const vector = new Array(dimensions).fill(0);
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
      let hash = 2166136261;
      for (let i = 0; i < word.length; i++) {
        hash = Math.imul(hash ^ word.charCodeAt(i), 16777619) >>> 0;
      }
      vector[hash % dimensions] += hash & 0x80000000 ? 1 : -1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((component) => component / length);
  }
}

const folder = process.argv[2];
const names = readFileSync(0, "utf8").split("\n").filter(Boolean);
const splitter = new MarkdownTextSplitter({ chunkSize: 1000, chunkOverlap: 0 });
const pool = new pg.Pool();
const embeddings = new HashedWords();
const rows = [];

const read = (name) => new Document({ pageContent: readFileSync(join(folder, name), "utf8"), metadata: { source: name } });

const count = async (table) => Number((await pool.query(`SELECT count(*) FROM ${table}`)).rows[0].count);

const measure = async (title, table, run) => {
  embeddings.count = 0;
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1000;
  const stored = await count(table);
  rows.push([title, names.length, stored, embeddings.count, seconds.toFixed(1), Math.round((embeddings.count || stored) / seconds)]);
};

const tables = ["benchmark_peer", "benchmark_peer_managed", "benchmark_peer_records"];
const drop = () => pool.query(`DROP TABLE IF EXISTS ${tables.join(", ")}`);
await drop();

const plain = await PGVectorStore.initialize(embeddings, { pool, tableName: tables[0], dimensions });
const add = async () => {
  for (const name of names) {
    await plain.addDocuments(await splitter.splitDocuments([read(name)]));
  }
};
await measure("addDocuments, a file at a time", tables[0], add);
await measure("its distance index (24, 200)", tables[0], () => plain.createHnswIndex({ dimensions, m: 24, efConstruction: 200 }));
await measure("the same again, into the index", tables[0], add);

const managed = await PGVectorStore.initialize(embeddings, { pool, tableName: tables[1], dimensions });
const records = new PostgresRecordManager("benchmark", { postgresConnectionOptions: {}, tableName: tables[2] });
await records.createSchema();
const sync = async () => {
  const docs = await splitter.splitDocuments(names.map(read));
  await index({ docsSource: docs, recordManager: records, vectorStore: managed, options: { cleanup: "incremental", sourceIdKey: "source" } });
};
await measure("index() with a record manager", tables[1], sync);
await measure("the same again", tables[1], sync);

console.log("LangChain.js PGVectorStore, no distance index, no text search:\n");
console.log("| run | files | rows | embedded | s | chunks/s |\n| --- | ---: | ---: | ---: | ---: | ---: |");
rows.forEach((row) => console.log(`| ${row.join(" | ")} |`));
await drop();
// The stores keep connections of their own open.
process.exit(0);
