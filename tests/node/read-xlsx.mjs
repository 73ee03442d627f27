// Reads the first sheet of a workbook with an independent library; prints what the types of its cells are.
//   node read-xlsx.mjs <file.xlsx>
// The first line is the number of rows; then the first six rows, dates as {"date": ISO}.
import { createReadStream } from 'node:fs';
import { readSheet } from 'read-excel-file/node';

const rows = await readSheet(createReadStream(process.argv[2]));
console.log(rows.length);
for (const row of rows.slice(0, 6)) console.log(JSON.stringify(row.map((cell) => (cell instanceof Date ? { date: cell.toISOString() } : cell))));
