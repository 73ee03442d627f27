// Judges AsyncAPI documents with the reference parser, and their examples with Ajv. What comes after --refused must not pass.
//   node check-asyncapi.mjs <file> [--refused <file>…]
import { readFileSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const [file, flag, ...refused] = process.argv.slice(2);
if (!file || (flag && flag !== '--refused')) {
  console.error('usage: node check-asyncapi.mjs <file> [--refused <file>…]');
  process.exit(2);
}

const parser = new Parser();

const judge = async (name) => {
  const { document, diagnostics } = await parser.parse(readFileSync(name, 'utf8'));
  // 0 error, 1 warning; the rest are hints of style.
  const failures = diagnostics
    .filter((d) => d.severity <= 1)
    .map((d) => `${d.severity === 0 ? 'error' : 'warning'} ${d.code} at ${d.path.join('/')}: ${d.message}`);
  if (!document) return { failures: failures.length > 0 ? failures : ['not an AsyncAPI document'] };

  let examples = 0;
  for (const message of document.components().messages().all()) {
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats(ajv);
    const fits = ajv.compile(message.payload().json());
    for (const example of message.examples().all()) {
      examples += 1;
      if (!fits(example.payload())) failures.push(`example of ${message.name()}: ${ajv.errorsText(fits.errors)}`);
      // A schema that takes anything would take this as well.
      if (fits({ ...example.payload(), sequence: 0 })) failures.push(`${message.name()} accepts sequence 0`);
      if (fits({ ...example.payload(), data: {} })) failures.push(`${message.name()} accepts empty data`);
    }
  }
  const counts = `${document.channels().all().length} channels, ${document.operations().all().length} operations, `
    + `${document.components().messages().all().length} messages, ${examples} examples`;
  return { failures, summary: `AsyncAPI ${document.version()}: ${counts} accepted` };
};

const { failures, summary } = await judge(file);
for (const name of refused) {
  const verdict = await judge(name);
  if (verdict.failures.length === 0) failures.push(`${name} is accepted`);
  console.log(`refused: ${verdict.failures.join('; ')}`);
}

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
console.log(summary);
