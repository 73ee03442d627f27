// Draws the icon (two rocks in a bay) once as SVG and, point by point, as PNG: node icons.mjs. What it makes is kept in git like the rest of ../HaLong.Portal/Assets.
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const assets = new URL('../HaLong.Portal/Assets/', import.meta.url).pathname;
// In a square of 100; within the inner 80, which no mask cuts off.
const shapes = [
  ['#0a5c8a', [[0, 0], [100, 0], [100, 100], [0, 100]]],
  ['#bfe3f5', [[52, 64], [56, 46], [61, 36], [68, 32], [74, 38], [79, 52], [82, 64]]],
  ['#ffffff', [[18, 64], [23, 44], [30, 28], [38, 22], [46, 26], [53, 42], [58, 64]]],
  ['#ffffff', [[16, 70], [84, 70], [84, 75], [16, 75]]],
  ['#bfe3f5', [[28, 80], [72, 80], [72, 84], [28, 84]]],
];

const svg = shapes.map(([fill, points]) => `<path fill="${fill}" d="M${points.map((p) => p.join(' ')).join('L')}Z"/>`).join('');
writeFileSync(`${assets}icon.svg`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${svg}</svg>\n`);

const inside = (points, x, y) => points.reduce((is, [ax, ay], i) => {
  const [bx, by] = points[(i + 1) % points.length];
  return (ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !is : is;
}, false);
const rgb = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

function png(size) {
  const rows = Buffer.alloc(size * (size * 3 + 1)), fine = 4;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const sum = [0, 0, 0];
      for (let i = 0; i < fine * fine; i++) {
        const [px, py] = [((x + (i % fine + .5) / fine) * 100) / size, ((y + (Math.floor(i / fine) + .5) / fine) * 100) / size];
        rgb(shapes.findLast(([, points]) => inside(points, px, py))?.[0] ?? '#0a5c8a').forEach((v, c) => { sum[c] += v; });
      }
      sum.forEach((v, c) => { rows[y * (size * 3 + 1) + 1 + x * 3 + c] = Math.round(v / (fine * fine)); });
    }
  }

  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]), head = Buffer.alloc(4), tail = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

for (const size of [180, 192, 512]) writeFileSync(`${assets}icon-${size}.png`, png(size));
