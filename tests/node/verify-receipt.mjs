// Checks a submission receipt off line with an independent JOSE library against the published keys.
//   node verify-receipt.mjs <folder>
// The folder holds keys.json (JWK set), receipt.jws, qr.txt, data.json (the form as shown by the API) and files/ with the papers.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compactVerify, createLocalJWKSet } from 'jose';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node verify-receipt.mjs <folder>');
  process.exit(2);
}

const read = (name) => readFileSync(join(folder, name), 'utf8').trim();
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
// RFC 8785: names in order of their UTF-16 units; JSON.stringify already writes numbers and strings as it wants them.
const canonical = (value) =>
  Array.isArray(value) ? `[${value.map(canonical).join(',')}]`
  : value && typeof value === 'object' ? `{${Object.keys(value).sort().map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(',')}}`
  : JSON.stringify(value);

const keys = createLocalJWKSet(JSON.parse(read('keys.json')));
const failures = [];
const expect = (holds, what) => holds || failures.push(what);
const open = async (jws, type) => {
  const { payload, protectedHeader } = await compactVerify(jws, keys, { algorithms: ['ES256'] });
  expect(protectedHeader.typ === type, `typ ${protectedHeader.typ}, not ${type}`);
  return JSON.parse(new TextDecoder().decode(payload));
};

try {
  const jws = read('receipt.jws');
  const receipt = await open(jws, 'halong-submission-receipt+jwt');
  const [link, short] = read('qr.txt').split('#');
  const brief = await open(short, 'halong-submission+jwt');
  expect(link.endsWith(`/tracking/${receipt.code}`), `the link ${link} leads elsewhere`);
  expect(brief.receipt === sha256(jws), 'the QR code belongs to another receipt');
  expect(brief.code === receipt.code && brief.files === receipt.files.length, 'QR code and receipt differ');
  expect(receipt.dataSha256 === sha256(canonical(JSON.parse(read('data.json')))), 'the form data are others');
  const hashes = readdirSync(join(folder, 'files')).map((f) => sha256(readFileSync(join(folder, 'files', f)))).sort();
  expect(JSON.stringify(hashes) === JSON.stringify(receipt.files.map((f) => f.sha256).sort()), 'the files are others');
  console.log(`${receipt.code} of ${receipt.submittedAt}: ${receipt.files.length} files`);
} catch (error) {
  failures.push(error.code ?? error.message);
}

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
