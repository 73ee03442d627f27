// Reads the QR code of a printed paper from its picture and checks its statement off line with an independent JOSE library.
//   node verify-paper.mjs <folder>
// The folder holds keys.json (JWK set), stated.json (what the paper says) and page.ppm (the page as pdftoppm draws it).
// Prints the text of the QR code and the statement.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet } from 'jose';
import jsQR from 'jsqr';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node verify-paper.mjs <folder>');
  process.exit(2);
}

// Binary PPM: "P6 width height 255" and three bytes for each point.
const ppm = readFileSync(join(folder, 'page.ppm'));
const head = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 64).toString('latin1'));
const [width, height] = [Number(head[1]), Number(head[2])];
const points = new Uint8ClampedArray(width * height * 4);
for (let i = 0, from = head[0].length; i < width * height; i++, from += 3) points.set([ppm[from], ppm[from + 1], ppm[from + 2], 255], i * 4);

const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(',')}]`
  : value && typeof value === 'object' ? `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(',')}}`
  : JSON.stringify(value);

try {
  const code = jsQR(points, width, height);
  if (!code) throw new Error('no QR code was found');
  const [link, jws] = code.data.split('#');
  const keys = createLocalJWKSet(JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')));
  const { payload, protectedHeader } = await compactVerify(jws, keys, { algorithms: ['ES256'] });
  const statement = JSON.parse(new TextDecoder().decode(payload));
  if (protectedHeader.typ !== 'halong-paper+jwt') throw new Error(`typ ${protectedHeader.typ}`);
  if (!link.endsWith(`/verify/${statement.jti}`)) throw new Error(`the link ${link} leads elsewhere`);
  const hash = createHash('sha256').update(canonical(JSON.parse(readFileSync(join(folder, 'stated.json'), 'utf8')))).digest('base64url');
  if (hash !== statement.data) throw new Error('the paper says something else');
  console.log(code.data);
  console.log(JSON.stringify(statement));
} catch (error) {
  console.error(error.code ?? error.message);
  process.exit(1);
}
