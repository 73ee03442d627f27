// Reads a VietQR payload with an independent library and compares it with what was expected.
//   node verify-qr.mjs <payment-qr.txt> [--amount N] [--bin N] [--account S] [--purpose S]
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { QRPay } from 'vietnam-qr-pay';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { amount: { type: 'string' }, bin: { type: 'string' }, account: { type: 'string' }, purpose: { type: 'string' } },
});
if (positionals.length !== 1) {
  console.error('usage: node verify-qr.mjs <payment-qr.txt> [--amount N] [--bin N] [--account S] [--purpose S]');
  process.exit(2);
}

const payload = readFileSync(positionals[0], 'utf8').trim();
const qr = new QRPay(payload);
const read = {
  amount: qr.amount,
  bin: qr.consumer.bankBin,
  account: qr.consumer.bankNumber,
  purpose: qr.additionalData.purpose,
};
console.log(JSON.stringify({ valid: qr.isValid, ...read, billNumber: qr.additionalData.billNumber, currency: qr.currency, nation: qr.nation }, null, 2));

const failures = [];
if (!qr.isValid) failures.push('the library does not accept the payload');
if (qr.provider.name !== 'VIETQR') failures.push(`provider ${qr.provider.name}, not VIETQR`);
if (qr.currency !== '704') failures.push(`currency ${qr.currency}, not 704`);
if (qr.nation !== 'VN') failures.push(`nation ${qr.nation}, not VN`);
if (!/^\d{6}$/.test(read.bin ?? '')) failures.push(`bank number ${read.bin}`);
if (!read.account) failures.push('no account');
for (const [name, expected] of Object.entries(values))
  if (read[name] !== expected) failures.push(`${name} is ${read[name]}, expected ${expected}`);

if (failures.length > 0) {
  console.error(failures.join('\n'));
  process.exit(1);
}
