// The fonts and sizes of official documents (GB/T 9704 and what offices add to it); any other is the page's own.

interface Font {
  /** As style sheets and the wire name it. */
  readonly key: string;
  /** As Word and WPS know it. */
  readonly name: string;
  readonly known: RegExp;
}

// The narrower name stands first: 楷体_GB2312 is 楷体 too.
const FONTS: readonly Font[] = [
  { key: 'xiaobiaosong', name: '方正小标宋简体', known: /小标宋|xbs/i },
  { key: 'fangsong', name: '仿宋_GB2312', known: /仿宋|fangsong/i },
  { key: 'kaiti', name: '楷体_GB2312', known: /楷体|kaiti/i },
  { key: 'heiti', name: '黑体', known: /黑体|simhei|heiti/i },
  { key: 'songti', name: '宋体', known: /宋体|simsun|songti/i },
];

const NAMES = new Map(FONTS.map(({ key, name }) => [key, name]));

/** Of a list of families as CSS writes it, the first that is an official font. */
export function fontOf(families: string): string | null {
  for (const family of families.split(',')) {
    const font = FONTS.find(({ known }) => known.test(family));
    if (font) return font.key;
  }
  return null;
}

export function fontName(key: string): string { return NAMES.get(key) ?? ''; }

/** Points of 初号 to 小五; other sizes are taken for the nearest of them. */
const SIZES = [42, 36, 26, 24, 22, 18, 16, 15, 14, 12, 10.5, 9] as const;

export function sizeOf(points: number): number | null {
  if (!(points >= 8 && points <= 48)) return null;
  return SIZES.reduce((best, size) => (Math.abs(size - points) < Math.abs(best - points) ? size : best));
}
