// The one place that turns the paper's DOM into a string and string offsets (UTF-16) back into DOM points.

interface Piece {
  readonly node: Text;
  readonly start: number;
  readonly end: number;
}

interface Point {
  readonly node: Text;
  readonly offset: number;
}

const isBlock = (node: Node) => node.nodeName === 'DIV' || node.nodeName === 'P';

// A <br> with nothing after it on its line only props an empty line open; the block's own edge is the line break.
function isProp(br: Node, root: Node): boolean {
  for (let node: Node | null = br; node && node !== root; node = node.parentNode) {
    if (node !== br && isBlock(node)) return true;
    let next = node.nextSibling;
    while (next instanceof Text && next.data === '') next = next.nextSibling;
    if (next) return isBlock(next);
  }
  return true;
}

export class TextMap {
  text = '';
  readonly #root: Node;
  readonly #pieces: Piece[] = [];
  readonly #starts = new Map<Node, number>();

  constructor(root: Node) {
    this.#root = root;
    let written = false;
    let breakDue = false;
    // A line feed as the last character before a block's edge opens no line of its own: the two are one line break.
    let bareBreak = false;

    const leaf = (string: string) => {
      if (breakDue && !bareBreak) this.text += '\n';
      breakDue = false;
      bareBreak = false;
      written = true;
      this.text += string;
    };
    const walk = (parent: Node) => {
      for (const node of parent.childNodes) {
        if (node instanceof Text) {
          if (node.data === '') continue;
          leaf('');
          this.#starts.set(node, this.text.length);
          this.#pieces.push({ node, start: this.text.length, end: this.text.length + node.data.length });
          this.text += node.data;
          bareBreak = node.data.endsWith('\n');
        } else if (node.nodeName === 'BR') {
          leaf(isProp(node, root) ? '' : '\n');
        } else if (isBlock(node)) {
          breakDue = written;
          walk(node);
          breakDue = written;
        } else {
          walk(node);
        }
      }
    };
    walk(root);
  }

  range(start: number, end: number): Range {
    const range = document.createRange();
    const from = this.#point(start, false);
    const to = this.#point(end, true);
    if (!from || !to) {
      range.selectNodeContents(this.#root);
      return range;
    }
    range.setStart(from.node, from.offset);
    range.setEnd(to.node, to.offset);
    return range;
  }

  // At a seam between two text nodes a range starts in the later one and ends in the earlier one.
  #point(offset: number, atEnd: boolean): Point | null {
    const begins = ({ start }: Piece) => (atEnd ? start < offset : start <= offset);
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const piece = this.#pieces[middle];
      if (piece && begins(piece)) low = middle;
      else high = middle - 1;
    }
    const piece = this.#pieces[low];
    const next = this.#pieces[low + 1];
    if (!piece) return null;
    if (offset > piece.end && next) return { node: next.node, offset: 0 };
    return { node: piece.node, offset: Math.max(0, Math.min(offset, piece.end) - piece.start) };
  }

  offset(node: Node, offset: number): number {
    const start = this.#starts.get(node);
    if (start !== undefined) return start + offset;
    const point = document.createRange();
    point.setStart(node, offset);
    const next = this.#pieces.find((piece) => point.comparePoint(piece.node, 0) >= 0);
    return next ? next.start : this.text.length;
  }
}
