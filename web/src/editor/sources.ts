// How a source is cited.

import type { Source } from '../wire';

function dateInWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (!year) return date;
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
}

export function sourceInWords({ title, issuer, date, clause }: Source): string {
  const name = title.startsWith('《') ? title : `《${title.replaceAll('《', '〈').replaceAll('》', '〉')}》`;
  const rest = [issuer, date && dateInWords(date), clause].filter(Boolean);
  return `${name}${rest.join('，')}`;
}
