// Checks kept webhook deliveries with the reference library of Standard Webhooks.
//   node verify-webhooks.mjs <folder>
// The folder holds secret.txt and one *.json per delivery: {"headers": {...}, "body": "<raw body>"}, in order of "number" if given, else of name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node verify-webhooks.mjs <folder>');
  process.exit(2);
}

const failures = [];
const check = (file, holds, what) => {
  if (!holds) failures.push(`${file}: ${what}`);
};

/** The library accepts only fresh messages; kept ones are judged as of the moment they were sent. */
const at = (timestamp, work) => {
  const now = Date.now;
  Date.now = () => Number(timestamp) * 1000;
  try {
    return work();
  } finally {
    Date.now = now;
  }
};

const accepts = (webhook, body, headers) => {
  try {
    return at(headers['webhook-timestamp'], () => webhook.verify(body, headers));
  } catch {
    return null;
  }
};

const secret = readFileSync(join(folder, 'secret.txt'), 'utf8').trim();
const webhook = new Webhook(secret);
const other = new Webhook('whsec_' + Buffer.alloc(32, 7).toString('base64'));
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }))
  .sort((a, b) => (a.number ?? 0) - (b.number ?? 0));
check(folder, files.length > 0, 'no deliveries');

const seen = new Map();
for (const { name, headers: raw, body } of files) {
  const headers = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key.toLowerCase(), Array.isArray(value) ? value.join(',') : value]));
  const event = accepts(webhook, body, headers);
  check(name, event, 'the signature does not hold');
  if (!event) continue;

  check(name, !accepts(webhook, body + ' ', headers), 'a changed body is accepted');
  check(name, !accepts(webhook, body, { ...headers, 'webhook-id': 'another' }), 'another id is accepted');
  check(name, !accepts(other, body, headers), 'another secret is accepted');

  check(name, headers['content-type']?.startsWith('application/cloudevents+json'), `content type ${headers['content-type']}`);
  check(name, event.specversion === '1.0', 'specversion is not 1.0');
  check(name, /^vn\.halong\.dossier\.[a-z-]+\.v1$/.test(event.type), `type ${event.type}`);
  check(name, event.id === headers['webhook-id'], 'webhook-id is not the id of the event');
  for (const attribute of ['source', 'subject', 'time', 'data'])
    check(name, event[attribute], `no ${attribute}`);
  check(name, !Number.isNaN(Date.parse(event.time)), `time ${event.time}`);
  check(name, Number.isInteger(event.sequence) && event.sequence >= 1, `sequence ${event.sequence}`);

  // A repeated attempt carries the same id; new facts of a dossier come one after the other.
  const known = seen.get(event.subject) ?? [];
  if (!known.includes(event.id)) {
    check(name, event.sequence === known.length + 1, `sequence ${event.sequence} of ${event.subject} follows ${known.length}`);
    seen.set(event.subject, [...known, event.id]);
  }
  console.log(`${name}  ${event.subject}  #${event.sequence}  ${event.type}`);
}

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
console.log(`${files.length} deliveries accepted`);
