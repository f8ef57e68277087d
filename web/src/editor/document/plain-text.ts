// The one place that turns a draft into the text that is checked, and its offsets (UTF-16) back into positions.
// A block is a line, cells of a row are parted by tabs: what the service makes of an HTML page, too.

import { Fragment, type Node } from 'prosemirror-model';

interface Line {
  /** In the text. */
  readonly start: number;
  readonly end: number;
  /** Of its first character in the draft. */
  readonly position: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

const leafText = (): string => '\n';

function isInLaterCellOfRow(parent: Node | null, index: number): boolean {
  return parent?.type.spec['tableRole'] === 'row' && index > 0;
}

export class PlainText {
  readonly text: string;
  readonly #lines: Line[] = [];

  /** Reads a draft, or of it only the blocks that one asks for. */
  constructor(root: Node, wanted: (block: Node, position: number) => boolean = () => true) {
    const pieces: string[] = [];
    let length = 0;
    let cellBegins = false;
    root.descendants((node, position, parent, index) => {
      if (isInLaterCellOfRow(parent, index)) cellBegins = true;
      if (!node.isTextblock) return true;
      if (!wanted(node, position)) return false;
      if (this.#lines.length > 0) {
        pieces.push(cellBegins ? '\t' : '\n');
        length += 1;
      }
      cellBegins = false;
      const line = node.textBetween(0, node.content.size, null, leafText);
      pieces.push(line);
      this.#lines.push({ start: length, end: length + line.length, position: position + 1 });
      length += line.length;
      return false;
    });
    this.text = pieces.join('');
  }

  /** The line that holds an offset; between two lines, the earlier one. */
  #line(offset: number): Line | undefined {
    let low = 0;
    let high = this.#lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle]?.start ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#lines[low];
  }

  position(offset: number): number {
    const line = this.#line(offset);
    return line ? line.position + Math.min(offset, line.end) - line.start : 0;
  }

  /** A finding never begins on the break between two lines, but it may reach into the next one. */
  range(start: number, end: number): Range {
    const last = this.position(end - 1);
    return { from: this.position(start), to: last + 1 };
  }
}

export function textOf(content: Fragment | Node): string {
  if (!(content instanceof Fragment)) return new PlainText(content).text;
  const first = content.firstChild;
  if (!first) return '';
  if (first.isInline) return content.textBetween(0, content.size, null, leafText);
  return content.content.map((node) => (
    node.isTextblock ? node.textBetween(0, node.content.size, null, leafText) : new PlainText(node).text
  )).join('\n');
}

export function lettersIn(text: string): number {
  let count = 0;
  for (const letter of text) if (letter.trim() !== '') count += 1;
  return count;
}
