// Uploads a file with the reference client of TUS, breaking off and resuming on the way.
//   node tus-upload.mjs <settings.json>
// Settings: {"endpoint": "http://…/api/v1/uploads", "token": "…", "bytes": 700000, "chunk": 100000, "breakAfter": 250000}
// Prints the address of the finished upload and the SHA-256 of what was sent, and "done".
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Upload } from 'tus-js-client';

const settings = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const head = Buffer.from('%PDF-1.7\n'), tail = Buffer.from('\n%%EOF\n');
const content = Buffer.concat([head, Buffer.alloc(settings.bytes - head.length - tail.length, 'tus '), tail]);

const start = (url, onProgress) => new Promise((resolve, reject) => {
  const upload = new Upload(content, {
    endpoint: settings.endpoint,
    uploadUrl: url,
    uploadSize: content.length,
    chunkSize: settings.chunk,
    uploadDataDuringCreation: !url,
    retryDelays: [0, 200, 500],
    headers: { Authorization: `Bearer ${settings.token}` },
    metadata: { filename: 'đơn đăng ký.pdf', filetype: 'application/pdf' },
    onProgress: (sent) => onProgress?.(sent, upload, resolve),
    onError: reject,
    onSuccess: () => resolve(upload.url),
  });
  upload.start();
});

// The first attempt is cut off in the middle, the second one goes on from where the server says it is.
const half = await start(null, (sent, upload, resolve) => {
  if (sent >= settings.breakAfter && upload.url) upload.abort().then(() => resolve(upload.url));
});
const before = await fetch(half, { method: 'HEAD', headers: { Authorization: `Bearer ${settings.token}`, 'Tus-Resumable': '1.0.0' } });
const offset = Number(before.headers.get('upload-offset'));
if (!(offset > 0 && offset < content.length)) throw new Error(`the offset after the break is ${offset}`);
let first = null;
const url = await start(half, (sent) => { first ??= sent; });
if (url !== half) throw new Error('another upload was begun');
if (first < offset) throw new Error(`went on from ${first}, not from ${offset}`);
console.log(JSON.stringify({ url, sha256: createHash('sha256').update(content).digest('hex'), resumedAt: offset }));
console.log('done');
