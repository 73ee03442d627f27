// Says before the upload how many files of a folder there are, how large, and which are no scans.
export function sum(files) {
  const scans = [...files].filter((f) => f.type === 'application/pdf' || f.type.startsWith('image/'));
  return { scans: scans.length, others: files.length - scans.length, megabytes: Math.ceil(scans.reduce((all, f) => all + f.size, 0) / 1048576) };
}

export function tell(place, vi, files) {
  const { scans, others, megabytes } = sum(files);
  const size = megabytes > 60 ? (vi ? ' Quá 60 MB: hãy gửi làm nhiều lần.' : ' More than 60 MB: send it in parts.') : '';
  place.textContent = vi ? `${scans} tệp quét, ${megabytes} MB; bỏ qua ${others} tệp khác.${size}` : `${scans} scans, ${megabytes} MB; ${others} other files are left out.${size}`;
}

if (globalThis.document) {
  const place = document.getElementById('matches');
  const inputs = [...document.querySelectorAll('input[type=file]')];
  const show = () => tell(place, document.documentElement.lang === 'vi', inputs.flatMap((i) => [...i.files]));
  for (const input of inputs) input.addEventListener('change', show);
}
