// Makes of whatever was copied somewhere the few elements and data attributes that the schema reads.
// A pure function of the HTML. Nothing of the source is taken over but text, and looks that were recognised.

import { blockOf, HEADING, lookOf, PLAIN, type Block, type Look } from './looks';
import { declarations, NO_STYLE, Sheet, styleOf, type Style } from './styles';
import { isBullet, isLabel, isListed, labelOf } from './word-lists';

export interface Cleaned {
  readonly html: string;
  /** Pictures that were left out. */
  readonly pictures: number;
}

const PICTURES = new Set(['img', 'picture', 'svg', 'canvas', 'video', 'object', 'embed', 'v:shape', 'v:imagedata']);
const DROPPED = new Set([
  'script', 'style', 'head', 'title', 'meta', 'link', 'iframe', 'frame', 'template', 'noscript', 'audio', 'math', 'base',
  'form', 'input', 'select', 'textarea', 'button', 'dialog', 'nav', 'del', 'xml', 'colgroup', 'caption-side', 'rt', 'rp',
]);
const BLOCKS = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details', 'div', 'dl', 'dt', 'fieldset',
  'figcaption', 'figure', 'footer', 'header', 'hr', 'main', 'p', 'pre', 'section', 'summary',
]);
const FRAME = new Set(['table', 'tr', 'td', 'th', 'ol', 'ul', 'li']);
const TABLE_PARTS = new Set(['tbody', 'thead', 'tfoot']);
const MOST_SPANNED = 64;

const BESIDE_BREAK = /([\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’])[ \t]*[\r\n]+[ \t\r\n]*(?=[\u2e80-\u9fff\uf900-\ufaff\u3000-\u303f\uff00-\uffef“”‘’])/g;

/** Line breaks in the source are blanks, and between Chinese characters nothing at all. */
function blanks(text: string, { preformatted }: Look): string {
  const written = preformatted ? text : text.replace(BESIDE_BREAK, '$1').replace(/[ \t\r\n\f]+/g, ' ');
  return written.replace(/\u00a0/g, ' ').replace(/[\u200b\ufeff\0]/g, '');
}

class Cleaner {
  pictures = 0;
  readonly #output: Document;
  readonly #sheet: Sheet;
  #into: Element;
  #paragraph: Element | null = null;
  #bullets: Element | null = null;
  #afterLabel = false;

  constructor(output: Document, sheet: Sheet) {
    this.#output = output;
    this.#sheet = sheet;
    this.#into = output.body;
  }

  children(parent: Element, look: Look, block: Block): void {
    for (const node of parent.childNodes) {
      if (node.nodeType === 3) this.#text(node.nodeValue ?? '', look, block);
      else if (node.nodeType === 1) this.#element(node as Element, look, block);
    }
  }

  #styleOf(element: Element): Style {
    const own = declarations(styleOf(element));
    const sheet = this.#sheet.of(element);
    return own.size + sheet.size === 0 ? NO_STYLE : new Map([...sheet, ...own]);
  }

  #element(element: Element, around: Look, block: Block): void {
    const tag = element.localName;
    if (PICTURES.has(tag)) {
      this.pictures += 1;
      return;
    }
    const style = this.#styleOf(element);
    const hidden = style.get('display') === 'none' || style.get('mso-hide') === 'all' || element.hasAttribute('hidden');
    if (DROPPED.has(tag) || hidden) return;
    const look = lookOf(element, style, around);
    if (tag === 'br') this.#break(look, block);
    else if (FRAME.has(tag)) this.#framed(element, look, blockOf(element, style, look, block));
    else if (HEADING.test(tag) || BLOCKS.has(tag)) this.#block(element, look, blockOf(element, style, look, block));
    else if (TABLE_PARTS.has(tag) || !isLabel(element)) this.children(element, look, block);
  }

  /** Something that holds paragraphs of its own. */
  #framed(element: Element, look: Look, block: Block): void {
    this.#close();
    this.#bullets = null;
    const outer = this.#into;
    const frame = this.#output.createElement(element.localName);
    for (const span of ['colspan', 'rowspan']) {
      const many = Math.min(MOST_SPANNED, Number(element.getAttribute(span) ?? 1));
      if (many > 1) frame.setAttribute(span, String(many));
    }
    const start = element.localName === 'ol' ? Number(element.getAttribute('start') ?? 1) : 1;
    if (start > 1) frame.setAttribute('start', String(start));
    outer.append(frame);
    this.#into = frame;
    this.children(element, look, { ...block, left: 0 });
    this.#close();
    this.#bullets = null;
    this.#into = outer;
  }

  #block(element: Element, look: Look, block: Block): void {
    this.#close();
    const label = isListed(element) ? labelOf(element) : null;
    const bulleted = label !== null && isBullet(label);
    if (bulleted) {
      this.#bullets ??= this.#into.appendChild(this.#output.createElement('ul'));
    } else if (element.localName === 'p') this.#bullets = null;
    const outer = this.#into;
    if (this.#bullets && bulleted) this.#into = this.#bullets.appendChild(this.#output.createElement('li'));
    const before = this.#into.childElementCount;
    if (label !== null && !bulleted) this.#open(block).append(this.#marked(label, look));
    this.#afterLabel = label !== null;
    this.children(element, look, block);
    // An empty line was meant; the empty rests of a page's scaffolding were not.
    const empty = this.#into.childElementCount === before;
    if ((empty && element.localName === 'p') || (empty && bulleted)) this.#open(block);
    this.#close();
    this.#into = outer;
  }

  #open({ tag, align, first, left }: Block): Element {
    if (!this.#paragraph) {
      this.#paragraph = this.#into.appendChild(this.#output.createElement(tag));
      const looks = { align, first: first || null, left: left || null };
      for (const [name, value] of Object.entries(looks)) {
        if (value !== null) this.#paragraph.setAttribute(`data-${name}`, String(value));
      }
    }
    return this.#paragraph;
  }

  #close(): void {
    const last = this.#paragraph?.lastChild;
    // What a browser shows at the end of a line, and what fills an empty one, is no text.
    if (last?.nodeName === 'BR' && this.#paragraph?.childNodes.length === 1) last.remove();
    this.#paragraph = null;
  }

  #text(text: string, look: Look, block: Block): void {
    // Between a number and its paragraph the source has blanks, which are not what sets them apart.
    const written = this.#afterLabel ? blanks(text, look).trimStart() : blanks(text, look);
    if (written !== '') this.#afterLabel = false;
    const opens = this.#paragraph === null || !this.#paragraph.hasChildNodes();
    // Blanks between blocks are layout of the source.
    if (opens && (written.trim() === '' || this.#betweenParts())) return;
    if (this.#betweenParts()) return;
    if (block.tag === 'p' && !this.#paragraph && this.#bullets && !this.#bullets.contains(this.#into)) this.#bullets = null;
    const lines = look.preformatted ? written.split(/\r\n?|\n/) : [written];
    lines.forEach((line, index) => {
      if (index > 0) this.#break(look, block);
      if (line !== '') this.#open(block).append(this.#marked(line, look));
    });
  }

  /** Text right inside a table or a list belongs to no cell and no item. */
  #betweenParts(): boolean { return ['table', 'tr', 'ol', 'ul'].includes(this.#into.localName); }

  #break(look: Look, block: Block): void {
    if (this.#betweenParts()) return;
    this.#open(block).append(this.#marked(null, look));
  }

  #marked(text: string | null, { font, size, bold, italic, underlined, href }: Look): Node {
    let node: Node = text === null ? this.#output.createElement('br') : this.#output.createTextNode(text);
    const wrap = (tag: string, name = '', value = '') => {
      const around = this.#output.createElement(tag);
      if (name) around.setAttribute(name, value);
      around.append(node);
      node = around;
    };
    if (text === null) return node;
    if (underlined) wrap('u');
    if (italic) wrap('em');
    if (bold) wrap('strong');
    if (size !== null) wrap('span', 'data-size', String(size));
    if (font !== null) wrap('span', 'data-font', font);
    if (href !== null) wrap('a', 'href', href);
    return node;
  }
}

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const ATTRIBUTE = /([\s"'])(style|on\w+)(?=\s*=)(?=(?:[^"']|"[^"]*"|'[^']*')*>$)/gi;

const STYLE_SHEET = /<style[^>]*>([\s\S]*?)<\/style\s*>/gi;

/** Renames what the security policy would report, though nothing parsed here is ever shown or run. */
function disarmed(html: string): string {
  return html.replace(TAG, (tag) => tag.replace(ATTRIBUTE, '$1data-$2'));
}

/** Of the draft's own clipboard: which nodes the copied piece lay in. */
const OWN = 'data-pm-slice';

export function clean(html: string): Cleaned {
  const sheets = [...html.matchAll(STYLE_SHEET)].map(([, css]) => css ?? '');
  const source = new DOMParser().parseFromString(disarmed(html.replace(STYLE_SHEET, '')), 'text/html');
  const output = document.implementation.createHTMLDocument();
  const cleaner = new Cleaner(output, new Sheet(sheets.join('\n')));
  cleaner.children(source.body, PLAIN, { tag: 'p', align: null, first: 0, left: 0 });
  const context = source.querySelector(`[${OWN}]`)?.getAttribute(OWN);
  if (context) output.body.firstElementChild?.setAttribute(OWN, context);
  return { html: output.body.innerHTML, pictures: cleaner.pictures };
}
