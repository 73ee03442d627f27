// Reads the QR codes of PNG pictures with an independent reader and prints what each holds, a line each.
//   node read-qr.mjs <picture.png>...
import { readFileSync } from 'node:fs';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('usage: node read-qr.mjs <picture.png>...');
  process.exit(2);
}
for (const file of files) {
  const picture = PNG.sync.read(readFileSync(file));
  const code = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  if (code === null) {
    console.error(`${file}: no code found`);
    process.exit(1);
  }
  console.log(code.data);
}
