// json-rules-engine and the ZEN engine on the tables and vectors that furikae_peers_bench wrote.
//
//   node peers.mjs DIRECTORY      run from where the packages are installed; see tests/bench/peers/run
//
// Adds lines to DIRECTORY/measured.tsv (engine, rows, vectors, CPU seconds) and fails when an engine gives another row
// than ours. CPU time is that of the whole process, every thread; the fastest of three passes counts, as for ours.
import {appendFileSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

const directory = process.argv[2];
const require = createRequire(join(process.cwd(), 'package.json'));
const {Engine} = require('json-rules-engine');
const {ZenEngine} = require('@gorules/zen-engine');

const kSizes = [10, 50, 200, 1000];
const kPasses = 5;
const kPassSeconds = 2;
const kVectorsMin = 1024;

const read = (name) => JSON.parse(readFileSync(join(directory, name), 'utf8'));

// Rules in the order of their priority; the first that holds stops the run, so the rows behind it are not evaluated
// (measured at 2 to 6 times the speed of evaluating all rows as one set). A stop is of the engine: one run at a time.
function jsonRulesEngine(rules) {
  const engine = new Engine(rules);
  engine.on('success', () => engine.stop());
  return {inFlight: 1, decide: async (facts) => (await engine.run(facts)).events[0].type};
}

// One decision table node, built once. Many calls in flight spare most of the waking of threads (1.4 to 4 times faster).
function zen(model) {
  const engine = new ZenEngine();
  const decision = engine.createDecision(model);
  return {inFlight: 64, decide: async (facts) => (await decision.evaluate(facts)).result.row};
}

const cpuSeconds = () => {
  const {user, system} = process.cpuUsage();
  return (user + system) / 1e6;
};

async function measure({inFlight, decide}, vectors) {
  let best;
  let count = vectors.length;
  for (let pass = 0; pass < kPasses; ++pass) {
    const answers = [];
    const start = cpuSeconds();
    while (answers.length < count) {
      const batch = vectors.slice(answers.length, Math.min(answers.length + inFlight, count));
      answers.push(...(await Promise.all(batch.map(decide))));
      const full = pass === 0 && answers.length >= kVectorsMin && answers.length % 64 === 0;
      if (full && cpuSeconds() - start > kPassSeconds) break;
    }
    const seconds = cpuSeconds() - start;
    count = answers.length;
    if (!best || seconds < best.seconds) best = {answers, seconds};
  }
  return best;
}

for (const rows of kSizes) {
  const vectors = read(`vectors-${rows}.json`);
  const expected = read(`answers-${rows}.json`);
  const engines = {
    'json-rules-engine': jsonRulesEngine(read(`json-rules-engine-${rows}.json`)),
    'zen-engine': zen(read(`zen-${rows}.json`)),
  };
  for (const [name, engine] of Object.entries(engines)) {
    const {answers, seconds} = await measure(engine, vectors);
    const wrong = answers.findIndex((answer, i) => answer !== expected[i]);
    if (wrong >= 0) {
      console.error(`vector ${wrong}, ${rows} rows: ours answers ${expected[wrong]}, ${name} ${answers[wrong]}: ` +
                    JSON.stringify(vectors[wrong]));
      process.exit(1);
    }
    appendFileSync(join(directory, 'measured.tsv'), [name, rows, answers.length, seconds].join('\t') + '\n');
  }
}
process.exit(0);
