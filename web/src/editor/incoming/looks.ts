// What looks of text and paragraphs are recognised, and how they are inherited.

import { fontOf, sizeOf } from '../document/fonts';
import { ALIGNMENTS } from '../document/schema';
import { isBold, points, type Style } from './styles';
import { isListed } from './word-lists';

export const HEADING = /^h[1-6]$/;
const BODY_POINTS = 16;
const MOST_INDENT = 12;

/** What text inherits from the elements around it. */
export interface Look {
  readonly font: string | null;
  readonly size: number | null;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underlined: boolean;
  readonly href: string | null;
  readonly preformatted: boolean;
}

/** What a paragraph inherits from the blocks around it. */
export interface Block {
  readonly tag: string;
  readonly align: string | null;
  readonly first: number;
  readonly left: number;
}

export const PLAIN: Look = {
  font: null, size: null, bold: false, italic: false, underlined: false, href: null, preformatted: false,
};

function hrefOf(element: Element, around: string | null): string | null {
  const href = element.localName === 'a' ? element.getAttribute('href')?.trim() ?? '' : '';
  // A fragment leads nowhere outside the page that it was copied from.
  return /^(https?:|mailto:)/i.test(href) ? href : around;
}

export function lookOf(element: Element, style: Style, around: Look): Look {
  const tag = element.localName;
  const family = style.get('mso-fareast-font-family') ?? style.get('font-family') ?? element.getAttribute('face');
  const size = points(style.get('font-size'), around.size ?? BODY_POINTS);
  const decoration = style.get('text-decoration') ?? style.get('text-decoration-line');
  return {
    font: family ? fontOf(family) ?? around.font : around.font,
    size: size === null ? around.size : sizeOf(size),
    bold: isBold(style.get('font-weight')) ?? (around.bold || tag === 'b' || tag === 'strong' || tag === 'th'),
    italic: style.has('font-style') ? style.get('font-style') === 'italic' : around.italic || tag === 'i' || tag === 'em',
    underlined: decoration ? decoration.includes('underline') && tag !== 'a' : around.underlined || tag === 'u',
    href: hrefOf(element, around.href),
    preformatted: around.preformatted || tag === 'pre' || /^pre/.test(style.get('white-space') ?? ''),
  };
}

function indent(style: Style, property: string, characters: string, size: number): number {
  const counted = Number(style.get(characters));
  const written = points(style.get(property), size);
  const wide = Number.isFinite(counted) && counted > 0 ? counted : (written ?? 0) / size;
  return Math.min(MOST_INDENT, Math.max(0, Math.round(wide)));
}

export function blockOf(element: Element, style: Style, look: Look, around: Block): Block {
  const align = (style.get('text-align') ?? element.getAttribute('align') ?? (element.localName === 'center' ? 'center' : ''))
    .toLowerCase();
  const known = ALIGNMENTS.find((one) => one === align);
  const size = look.size ?? BODY_POINTS;
  const left = HEADING.test(element.localName) || isListed(element) || element.localName === 'body'
    ? 0 : indent(style, 'margin-left', 'mso-para-margin-left', size);
  return {
    tag: HEADING.test(element.localName) ? element.localName : 'p',
    align: align === '' ? around.align : known ?? null,
    // Inherited as CSS has it; Word repeats it at each paragraph.
    first: style.has('text-indent') ? indent(style, 'text-indent', 'mso-char-indent-count', size) : around.first,
    left: left || around.left,
  };
}
