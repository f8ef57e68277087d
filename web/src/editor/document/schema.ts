// What a draft can hold: paragraphs, headings, lists, tables, and the few marks that official documents use.
// In the page all looks are classes and data attributes: the content security policy allows no style attribute.

import { Schema, type DOMOutputSpec, type MarkSpec, type Node, type NodeSpec, type TagParseRule } from 'prosemirror-model';
import { tableNodes } from 'prosemirror-tables';

import type { Decision } from '../checking/decisions';

export const ALIGNMENTS = ['center', 'right', 'justify'] as const;
export type Alignment = typeof ALIGNMENTS[number];

/** How a paragraph stands; indents in characters. */
export interface Layout {
  readonly align: Alignment | null;
  readonly first: number;
  readonly left: number;
}

const LAYOUT = { align: { default: null }, first: { default: 0 }, left: { default: 0 } };

function layoutOf(dom: HTMLElement): Layout {
  const { align, first, left } = dom.dataset;
  return {
    align: ALIGNMENTS.find((known) => known === align) ?? null,
    first: Number(first ?? 0),
    left: Number(left ?? 0),
  };
}

function shown({ align, first, left }: Layout): Record<string, string> {
  return {
    ...(align ? { 'data-align': align } : {}),
    ...(first ? { 'data-first': String(first) } : {}),
    ...(left ? { 'data-left': String(left) } : {}),
  };
}

// What comes in has been cleaned: its blanks are meant.
const asWritten: Pick<TagParseRule, 'preserveWhitespace'> = { preserveWhitespace: 'full' };

const nodes: Record<string, NodeSpec> = {
  doc: { content: 'block+', attrs: { decisions: { default: [] as readonly Decision[] } } },
  paragraph: {
    group: 'block',
    content: 'inline*',
    attrs: LAYOUT,
    parseDOM: [{ tag: 'p', getAttrs: layoutOf, ...asWritten }],
    toDOM: (node: Node): DOMOutputSpec => ['p', shown(node.attrs as Layout), 0],
  },
  heading: {
    group: 'block',
    content: 'inline*',
    attrs: { ...LAYOUT, level: { default: 1 } },
    defining: true,
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}`,
      getAttrs: (dom: HTMLElement) => ({ ...layoutOf(dom), level: Math.min(level, 4) }),
      ...asWritten,
    })),
    // The page's own headings come before those of the draft.
    toDOM: (node: Node): DOMOutputSpec => [`h${node.attrs['level'] as number}`, shown(node.attrs as Layout), 0],
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (dom: HTMLElement) => ({ start: Number(dom.getAttribute('start') ?? 1) || 1 }) }],
    toDOM: (node: Node): DOMOutputSpec => ['ol', node.attrs['start'] === 1 ? {} : { start: node.attrs['start'] as number }, 0],
  },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    parseDOM: [{ tag: 'ul' }],
    toDOM: (): DOMOutputSpec => ['ul', 0],
  },
  list_item: {
    content: 'paragraph (paragraph | bullet_list | ordered_list)*',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: (): DOMOutputSpec => ['li', 0],
  },
  ...tableNodes({
    tableGroup: 'block',
    cellContent: '(paragraph | heading | bullet_list | ordered_list)+',
    cellAttributes: {},
  }),
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseDOM: [{ tag: 'br' }],
    toDOM: (): DOMOutputSpec => ['br'],
  },
  text: { group: 'inline' },
};

const marks: Record<string, MarkSpec> = {
  link: {
    inclusive: false,
    attrs: { href: {} },
    parseDOM: [{ tag: 'a[href]', getAttrs: (dom: HTMLElement) => ({ href: dom.getAttribute('href') }) }],
    toDOM: (mark): DOMOutputSpec => ['a', { href: mark.attrs['href'] as string, rel: 'noopener noreferrer' }, 0],
  },
  font: {
    attrs: { key: {} },
    parseDOM: [{ tag: 'span[data-font]', getAttrs: (dom: HTMLElement) => ({ key: dom.dataset['font'] }), consuming: false }],
    toDOM: (mark): DOMOutputSpec => ['span', { 'data-font': mark.attrs['key'] as string }, 0],
  },
  size: {
    attrs: { points: {} },
    parseDOM: [{
      tag: 'span[data-size]', getAttrs: (dom: HTMLElement) => ({ points: Number(dom.dataset['size']) }), consuming: false,
    }],
    toDOM: (mark): DOMOutputSpec => ['span', { 'data-size': String(mark.attrs['points']) }, 0],
  },
  strong: { parseDOM: [{ tag: 'b' }, { tag: 'strong' }], toDOM: (): DOMOutputSpec => ['strong', 0] },
  em: { parseDOM: [{ tag: 'i' }, { tag: 'em' }], toDOM: (): DOMOutputSpec => ['em', 0] },
  underline: { parseDOM: [{ tag: 'u' }], toDOM: (): DOMOutputSpec => ['u', 0] },
};

export const schema = new Schema({ nodes, marks });
