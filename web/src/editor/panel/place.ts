// Where the card stands, and how its finding comes into sight.

import type { EditorView } from 'prosemirror-view';

import type { Range } from '../document/plain-text';

const GAP = 6;
const narrow = matchMedia('(max-width: 63.99rem)');
const calm = matchMedia('(prefers-reduced-motion: reduce)');

/** On a narrow screen the card is docked at its foot; else it stands below its finding. */
export function placeCard(card: HTMLElement, view: EditorView, { from, to }: Range): void {
  card.toggleAttribute('data-docked', narrow.matches);
  if (narrow.matches) {
    card.style.removeProperty('top');
    card.style.removeProperty('left');
    return;
  }
  const frame = card.offsetParent?.getBoundingClientRect();
  if (!frame) return;
  const start = view.coordsAtPos(from, 1);
  const end = view.coordsAtPos(to, -1);
  const left = Math.min(start.left - frame.left, frame.width - card.offsetWidth - 8);
  card.style.top = `${end.bottom - frame.top + GAP}px`;
  card.style.left = `${Math.max(8, left)}px`;
}

export function reveal(view: EditorView, card: HTMLElement, { from }: Range): void {
  const paper = view.dom;
  const sheet = paper.getBoundingClientRect();
  let place = view.coordsAtPos(from, 1);
  if (narrow.matches && (place.top < sheet.top || place.bottom > sheet.bottom)) {
    paper.scrollTop += place.top - sheet.top - paper.clientHeight / 3;
    place = view.coordsAtPos(from, 1);
  }
  const top = document.querySelector('.bar')?.getBoundingClientRect().bottom ?? 0;
  const bottom = narrow.matches ? card.getBoundingClientRect().top : innerHeight - card.offsetHeight - GAP;
  if (place.top >= top && place.bottom <= bottom) return;
  scrollBy({
    top: place.top - top - Math.max(24, (bottom - top) / 3),
    behavior: calm.matches ? 'auto' : 'smooth',
  });
}
