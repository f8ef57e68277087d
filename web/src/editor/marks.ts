// Paints ranges with the CSS Custom Highlight API; the document itself is never changed.

const NAMES = ['info', 'warning', 'error', 'active', 'flash'] as const;
export type MarkName = typeof NAMES[number];

export const canMark = typeof Highlight === 'function' && Boolean(CSS.highlights);

const layers = new Map<MarkName, Highlight>();
if (canMark) {
  NAMES.forEach((name, priority) => {
    const layer = new Highlight();
    layer.priority = priority;
    layers.set(name, layer);
    CSS.highlights.set(`finding-${name}`, layer);
  });
}

export function mark(name: MarkName, ranges: readonly Range[]): void {
  const layer = layers.get(name);
  if (!layer) return;
  layer.clear();
  for (const range of ranges) layer.add(range);
}

let fading = 0;
export function flash(range: Range): void {
  clearTimeout(fading);
  mark('flash', [range]);
  fading = setTimeout(() => mark('flash', []), 900);
}
