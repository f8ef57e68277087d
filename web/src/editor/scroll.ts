// Brings a range of the paper into the part of the window that nothing covers.

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export function reveal(range: Range, paper: HTMLElement, { top, bottom }: { top: number; bottom: number }): void {
  let place = range.getBoundingClientRect();
  const sheet = paper.getBoundingClientRect();
  if (place.top < sheet.top || place.bottom > sheet.bottom) {
    paper.scrollTop += place.top - sheet.top - paper.clientHeight / 3;
    place = range.getBoundingClientRect();
  }
  if (place.top >= top && place.bottom <= bottom) return;
  scrollBy({
    top: place.top - top - (bottom - top) / 3,
    behavior: calm.matches ? 'auto' : 'smooth',
  });
}
