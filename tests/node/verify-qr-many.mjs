// Reads many VietQR payloads with an independent library and compares each with what was expected.
//   node verify-qr-many.mjs <file>     a JSON object a line: payload, bin, account, amount, purpose, billNumber (absent: none)
import { readFileSync } from 'node:fs';
import { QRPay } from 'vietnam-qr-pay';

if (process.argv.length !== 3) {
  console.error('usage: node verify-qr-many.mjs <file>');
  process.exit(2);
}
const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter((line) => line !== '');
let wrong = 0;
for (const line of lines) {
  const expected = JSON.parse(line);
  const qr = new QRPay(expected.payload);
  const read = {
    bin: qr.consumer.bankBin,
    account: qr.consumer.bankNumber,
    amount: qr.amount,
    purpose: qr.additionalData.purpose,
    billNumber: qr.additionalData.billNumber,
  };
  const differs = Object.entries(read).filter(([name, value]) => (value ?? null) !== (expected[name] ?? null));
  if (qr.isValid && differs.length === 0) continue;
  wrong++;
  if (wrong <= 10) console.error(`${expected.payload}: valid ${qr.isValid}, ${differs.map(([name, value]) => `${name} is ${value}`).join(', ')}`);
}
console.log(`${lines.length - wrong} of ${lines.length} agree`);
process.exit(wrong === 0 ? 0 : 1);
