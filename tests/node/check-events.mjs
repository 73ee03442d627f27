// Judges public events with the CloudEvents SDK, and their data by the schema that each names.
//   node check-events.mjs <folder>
// The folder holds events.json (an array of CloudEvents) and schemas.json (by address).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CloudEvent } from 'cloudevents';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node check-events.mjs <folder>');
  process.exit(2);
}

const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const schemas = read('schemas.json');
const ajv = new Ajv2020({ allErrors: true });
addFormats(ajv);
const judges = Object.fromEntries(Object.entries(schemas).map(([url, schema]) => [url, { judge: ajv.compile(schema), schema }]));

const failures = [];
const events = read('events.json');
for (const event of events) {
  const name = `${event.type} ${event.id}`;
  try {
    // Strict: throws for every attribute that breaks the specification.
    const parsed = new CloudEvent(event);
    if (!parsed.validate()) failures.push(`${name}: not valid`);
    if (JSON.stringify(parsed.data) !== JSON.stringify(event.data)) failures.push(`${name}: data changed`);
  } catch (error) {
    failures.push(`${name}: ${error.message} ${JSON.stringify(error.errors ?? '')}`);
  }

  const known = judges[event.dataschema];
  if (!known) {
    failures.push(`${name}: no schema at ${event.dataschema}`);
    continue;
  }
  if (!known.judge(event.data)) failures.push(`${name}: ${ajv.errorsText(known.judge.errors)}`);
  for (const field of Object.keys(event.data))
    if (!known.schema.properties[field]) failures.push(`${name}: ${field} is not in the schema`);
  for (const field of known.schema.required) {
    const { [field]: _, ...rest } = event.data;
    if (known.judge(rest)) failures.push(`${name}: accepted without ${field}`);
  }
}

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
console.log(`${events.length} events accepted`);
