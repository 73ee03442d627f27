// A subscriber to HaLongServices: takes webhooks, checks their signature, drops what it has seen, notices a gap and fills it from the feed.
//   npm install && node subscriber.mjs
// HALONG_URL, HALONG_CLIENT_ID, HALONG_CLIENT_SECRET: the platform and your client. HALONG_HOOK: where the platform reaches this program,
// e.g. https://events.partner.example/hook. PORT: where it listens.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { CloudEvent } from 'cloudevents';
import { Webhook } from 'standardwebhooks';

const setting = (name) => process.env[name] || (console.error(`${name} is missing`), process.exit(2));
const [url, clientId, clientSecret, hook, port] = ['HALONG_URL', 'HALONG_CLIENT_ID', 'HALONG_CLIENT_SECRET', 'HALONG_HOOK', 'PORT'].map(setting);

// The platform: a token, a subscription, the feed.
let token = { value: '', ends: 0 };
const bearer = async () => {
  if (Date.now() < token.ends) return token.value;
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, scope: 'halong.events' });
  const answer = await json(await fetch(`${url}/connect/token`, { method: 'POST', body: form }));
  token = { value: answer.access_token, ends: Date.now() + (answer.expires_in - 30) * 1000 };
  return token.value;
};
const json = async (response) => {
  if (!response.ok) throw new Error(`${response.status} of ${response.url}`);
  return response.json();
};
/** The same request again, after a restart, gives the same secret. */
const subscribe = async () =>
  json(await fetch(`${url}/api/v1/subscriptions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await bearer()}`,
      'content-type': 'application/json',
      'idempotency-key': 'sample-' + createHash('sha256').update(hook).digest('hex').slice(0, 32),
    },
    body: JSON.stringify({ url: hook, types: ['vn.halong.dossier.'] }),
  }));
const readFeed = async (after, subject) => {
  const query = new URLSearchParams({ limit: '100', after, ...(subject && { subject }) });
  return json(await fetch(`${url}/api/v1/events?${query}`, { headers: { authorization: `Bearer ${await bearer()}` } }));
};

// Every event once and in order. A real program keeps these in its database, written in the transaction that does the work.
const last = new Map();
const handled = [];
let cursor = '';
const next = (event) => (last.get(event.subject) ?? 0) + 1;
const handle = (event, way) => {
  if (event.sequence < next(event)) return; // seen: at least once means that repetitions are normal
  // Here the work would be done.
  last.set(event.subject, event.sequence);
  handled.push({ id: event.id, type: event.type, subject: event.subject, sequence: event.sequence, way });
};
const fill = async (until) => {
  let after = '';
  while (until.sequence > next(until)) {
    const page = await readFeed(after, until.subject);
    if (page.items.length === 0) break; // older than the feed keeps: start from the state that the platform's API gives
    for (const event of page.items) if (event.sequence < until.sequence) handle(new CloudEvent(event), 'feed');
    after = page.after;
  }
};
/** One after the other: two webhooks of one dossier must not overtake each other here. */
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.catch(() => {}).then(work));

const take = (event) => inTurn(async () => {
  if (event.sequence > next(event)) await fill(event);
  handle(event, 'webhook');
});
const catchUp = () => inTurn(async () => {
  const before = handled.length;
  for (let page = await readFeed(cursor); page.items.length > 0; page = await readFeed(cursor)) {
    for (const event of page.items) handle(new CloudEvent(event), 'feed');
    cursor = page.after; // kept after the work: a crash repeats, and what is repeated is dropped
  }
  return handled.length - before;
});

let webhook;
const answer = (response, status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body === undefined ? undefined : JSON.stringify(body));
createServer(async (request, response) => {
  try {
    if (request.method === 'GET' && request.url === '/handled') return answer(response, 200, handled);
    if (request.method === 'POST' && request.url === '/catch-up') return answer(response, 200, await catchUp());
    if (request.method !== 'POST' || request.url !== '/hook') return answer(response, 404);
    // The signature is over the raw bytes: never over what a parser made of them.
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString('utf8');
    if (!webhook) return answer(response, 503); // the secret is on its way; the platform comes again
    let message;
    try {
      message = webhook.verify(body, request.headers);
    } catch {
      return answer(response, 401);
    }
    // The platform makes sure that the address is yours: it sends a challenge and wants it back.
    if (message.type.startsWith('vn.halong.subscription.')) return answer(response, 200, { challenge: message.data?.challenge });
    await take(new CloudEvent(message));
    return answer(response, 204); // only now: what was not taken comes again
  } catch (error) {
    console.error(error);
    return answer(response, 500);
  }
}).listen(Number(port), async () => {
  webhook = new Webhook((await subscribe()).secret);
  console.log('Subscribed');
});
