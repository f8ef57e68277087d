// The draft as HTML for Word, WPS and the editors of content systems: looks are style attributes that they all read.

import { DOMSerializer, type Fragment, type Node } from 'prosemirror-model';

import { fontName } from '../document/fonts';
import { schema, type Layout } from '../document/schema';

const BORDER = '1px solid #000';

function layoutStyle({ align, first, left }: Layout): string {
  const styles = [
    'margin: 0',
    align ? `text-align: ${align}` : '',
    first ? `text-indent: ${first}em` : '',
    left ? `margin-left: ${left}em` : '',
  ];
  return styles.filter(Boolean).join('; ');
}

function spans({ attrs }: Node): Record<string, string> {
  const { colspan, rowspan } = attrs as { colspan: number; rowspan: number };
  return {
    ...(colspan > 1 ? { colspan: String(colspan) } : {}),
    ...(rowspan > 1 ? { rowspan: String(rowspan) } : {}),
  };
}

const usual = DOMSerializer.fromSchema(schema);

export const richText = new DOMSerializer({
  ...usual.nodes,
  paragraph: (node) => ['p', { style: layoutStyle(node.attrs as Layout) }, 0],
  heading: (node) => [`h${node.attrs['level'] as number}`, { style: layoutStyle(node.attrs as Layout) }, 0],
  table: () => ['table', { style: 'border-collapse: collapse' }, ['tbody', 0]],
  table_cell: (node) => ['td', { ...spans(node), style: `border: ${BORDER}; padding: 2pt 5pt` }, 0],
  table_header: (node) => ['th', { ...spans(node), style: `border: ${BORDER}; padding: 2pt 5pt` }, 0],
}, {
  ...usual.marks,
  link: (mark) => ['a', { href: mark.attrs['href'] as string }, 0],
  font: (mark) => ['span', { style: `font-family: ${fontName(mark.attrs['key'] as string)}` }, 0],
  size: (mark) => ['span', { style: `font-size: ${mark.attrs['points'] as number}pt` }, 0],
});

export function htmlOf(content: Fragment): string {
  const holder = document.createElement('div');
  holder.append(richText.serializeFragment(content));
  return holder.innerHTML;
}
