// The draft as blocks, as the service reads them from a Word document and writes them into one.

import { Fragment, type Mark, type Node } from 'prosemirror-model';

import type { Accepted } from '../checking/accepted';
import type { Range } from './plain-text';
import { schema, type Layout } from './schema';

export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly font?: string | null;
  readonly size?: number | null;
  readonly change?: 'inserted' | 'deleted';
  readonly comments?: readonly number[];
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly runs: readonly Run[];
  readonly level: number;
  readonly align: Layout['align'];
  readonly first: number;
  readonly left: number;
  readonly bullet: number;
}

interface Cell {
  readonly paragraphs: readonly Paragraph[];
  readonly colspan: number;
  readonly rowspan: number;
}

interface Table {
  readonly kind: 'table';
  readonly rows: readonly (readonly Cell[])[];
}

export type Block = Paragraph | Table;

const DEEPEST = 8;

// Into the draft

function marksOf({ bold, italic, underline, font, size }: Run): Mark[] {
  return [
    font ? schema.mark('font', { key: font }) : null,
    size ? schema.mark('size', { points: size }) : null,
    bold ? schema.mark('strong') : null,
    italic ? schema.mark('em') : null,
    underline ? schema.mark('underline') : null,
  ].filter((mark) => mark !== null);
}

function inlineOf(runs: readonly Run[]): Node[] {
  return runs.flatMap((run) => run.text.split('\n').flatMap((line, index) => [
    ...(index > 0 ? [schema.node('hard_break')] : []),
    ...(line === '' ? [] : [schema.text(line, marksOf(run))]),
  ]));
}

function nodeOf({ runs, level, align, first, left }: Paragraph): Node {
  const layout = { align, first, left };
  return level > 0
    ? schema.node('heading', { ...layout, level }, inlineOf(runs))
    : schema.node('paragraph', layout, inlineOf(runs));
}

/** Neighbouring bullets become one list; how deep they lay is not kept. */
function nodesOf(paragraphs: readonly Paragraph[]): Node[] {
  const nodes: Node[] = [];
  for (const paragraph of paragraphs) {
    const node = nodeOf(paragraph);
    const last = nodes.at(-1);
    if (paragraph.bullet === 0) nodes.push(node);
    else {
      const item = schema.node('list_item', null, [node]);
      if (last?.type.name === 'bullet_list') nodes[nodes.length - 1] = last.copy(last.content.append(Fragment.from(item)));
      else nodes.push(schema.node('bullet_list', null, [item]));
    }
  }
  return nodes;
}

function tableOf({ rows }: Table): Node {
  return schema.node('table', null, rows.map((cells) => schema.node('table_row', null, cells.map((
    { paragraphs, colspan, rowspan },
  ) => {
    const content = nodesOf(paragraphs);
    return schema.node('table_cell', { colspan, rowspan }, content.length > 0 ? content : [schema.node('paragraph')]);
  }))));
}

export function draftOf(blocks: readonly Block[]): Node {
  const nodes: Node[] = [];
  let lines: Paragraph[] = [];
  for (const block of blocks) {
    if (block.kind === 'paragraph') lines.push(block);
    else {
      nodes.push(...nodesOf(lines), tableOf(block));
      lines = [];
    }
  }
  nodes.push(...nodesOf(lines));
  return schema.node('doc', null, nodes.length > 0 ? nodes : [schema.node('paragraph')]);
}

// Out of the draft

interface Annotated {
  readonly comments: readonly Range[];
  readonly accepted: readonly Accepted[];
}

function looksOf(node: Node | null): Omit<Run, 'text'> {
  const looks: Record<string, unknown> = {};
  for (const { type, attrs } of node?.marks ?? []) {
    if (type.name === 'font') looks['font'] = attrs['key'];
    else if (type.name === 'size') looks['size'] = attrs['points'];
    else if (type.name === 'strong') looks['bold'] = true;
    else if (type.name === 'em') looks['italic'] = true;
    else if (type.name === 'underline') looks['underline'] = true;
  }
  return looks;
}

/** Cuts a line where its looks change, where a comment begins or ends, and where something was exchanged. */
function runsOf(block: Node, start: number, { comments, accepted }: Annotated): Run[] {
  const end = start + block.content.size;
  const here = accepted.filter(({ from, to }) => from >= start && to <= end);
  const spoken = comments.map(({ from, to }, number) => ({ from, to, number }))
    .filter(({ from, to }) => from < end && to > start);
  const edges = new Set([...here, ...spoken].flatMap(({ from, to }) => [from, to]));
  const runs: Run[] = [];

  const exchangeAt = (position: number, looks: Omit<Run, 'text'>) => {
    for (const { from, original } of here) {
      if (from === position && original !== '') runs.push({ ...looks, text: original, change: 'deleted' });
    }
  };
  const write = (text: string, position: number, looks: Omit<Run, 'text'>) => {
    exchangeAt(position, looks);
    const inserted = here.some(({ from, to }) => from <= position && position < to);
    const about = spoken.filter(({ from, to }) => from <= position && position < to).map(({ number }) => number);
    runs.push({ ...looks, text, ...(inserted ? { change: 'inserted' } : {}), ...(about.length > 0 ? { comments: about } : {}) });
  };

  block.forEach((node, offset) => {
    const looks = looksOf(node);
    const text = node.isText ? node.text ?? '' : '\n';
    const first = start + offset;
    let cut = 0;
    for (let index = 1; index <= text.length; index += 1) {
      if (index < text.length && !edges.has(first + index)) continue;
      write(text.slice(cut, index), first + cut, looks);
      cut = index;
    }
  });
  exchangeAt(end, looksOf(block.lastChild));
  return runs;
}

function paragraphOf(block: Node, position: number, annotated: Annotated, bullet = 0, label = ''): Paragraph {
  const { align, first, left } = block.attrs as Layout;
  const runs = runsOf(block, position + 1, annotated);
  return {
    kind: 'paragraph',
    runs: label === '' ? runs : [{ ...looksOf(block.firstChild), text: label }, ...runs],
    level: block.type.name === 'heading' ? block.attrs['level'] as number : 0,
    align, first, left, bullet,
  };
}

/** The lines of blocks that are no tables. A list that numbers itself is written with its numbers. */
function linesOf(node: Node, position: number, annotated: Annotated, depth: number, label: string): Paragraph[] {
  if (node.isTextblock) return [paragraphOf(node, position, annotated, label === '' ? depth : 0, label)];
  const numbered = node.type.name === 'ordered_list';
  const bulleted = node.type.name === 'bullet_list';
  const lines: Paragraph[] = [];
  node.forEach((child, offset, index) => {
    const own = numbered ? `${(node.attrs['start'] as number) + index}. ` : label;
    // Only the first line of an item bears its number.
    const shown = node.type.name === 'list_item' && index > 0 ? '' : own;
    const deep = Math.min(DEEPEST, bulleted ? depth + 1 : numbered ? 0 : depth);
    lines.push(...linesOf(child, position + 1 + offset, annotated, deep, shown));
  });
  return lines;
}

export function blocksOf(doc: Node, annotated: Annotated): Block[] {
  const blocks: Block[] = [];
  doc.forEach((node, position) => {
    if (node.type.name !== 'table') {
      blocks.push(...linesOf(node, position, annotated, 0, ''));
      return;
    }
    const rows: Cell[][] = [];
    node.forEach((row, rowOffset) => {
      const cells: Cell[] = [];
      row.forEach((cell, cellOffset) => {
        const { colspan, rowspan } = cell.attrs as { colspan: number; rowspan: number };
        const within = position + 1 + rowOffset + 1 + cellOffset;
        cells.push({ paragraphs: linesOf(cell, within, annotated, 0, ''), colspan, rowspan });
      });
      rows.push(cells);
    });
    blocks.push({ kind: 'table', rows });
  });
  return blocks;
}
