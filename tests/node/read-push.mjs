// Reads kept push messages as a browser would (http_ece) and judges the sender's token as a push service would (jose).
//   node read-push.mjs <file.json>
// The file: {"publicKey": "<applicationServerKey>", "privateKey": "<d of the browser>", "auth": "...", "endpoint": "...", "now": <seconds>,
//            "messages": [{"headers": {...}, "body": "<base64>"}]}. Prints one line of JSON per message.
import { createECDH } from 'node:crypto';
import { readFileSync } from 'node:fs';
import ece from 'http_ece';
import { importJWK, jwtVerify } from 'jose';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const browser = createECDH('prime256v1');
browser.setPrivateKey(Buffer.from(given.privateKey, 'base64url'));

const fail = (what) => {
  console.error(what);
  process.exit(1);
};

for (const { headers, body } of given.messages) {
  const text = ece.decrypt(Buffer.from(body, 'base64'), { version: 'aes128gcm', privateKey: browser, authSecret: given.auth });

  const [, token, key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization) ?? fail('no vapid authorization');
  if (key !== given.publicKey) fail(`k is ${key}`);
  const point = Buffer.from(key, 'base64url');
  const publicKey = await importJWK(
    { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }, 'ES256');
  const { payload, protectedHeader } = await jwtVerify(token, publicKey, {
    algorithms: ['ES256'], audience: new URL(given.endpoint).origin, currentDate: new Date(given.now * 1000),
  });
  if (protectedHeader.typ !== 'JWT') fail(`typ is ${protectedHeader.typ}`);
  if (!/^(mailto|https?):/.test(payload.sub ?? '')) fail(`sub is ${payload.sub}`);
  const life = payload.exp - given.now;
  if (!(life > 0 && life <= 24 * 3600)) fail(`the token lives ${life} seconds`);
  console.log(JSON.stringify({ ...JSON.parse(text.toString('utf8')), ttl: headers.ttl, urgency: headers.urgency }));
}
