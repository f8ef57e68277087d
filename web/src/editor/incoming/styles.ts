// Reads what Word, WPS and pages say about looks. Pure functions over text: the browser's own reading of a style
// attribute is barred by the content security policy, and drops what only Word understands (mso-…).

export type Style = ReadonlyMap<string, string>;

export const NO_STYLE: Style = new Map();

/** What an element says about itself, under the name that it was given before it was parsed. */
export function styleOf(element: Element): string { return element.getAttribute('data-style') ?? ''; }

export function declarations(css: string): Map<string, string> {
  const found = new Map<string, string>();
  // A semicolon may stand in quotes or in url(…).
  for (const [, name, value] of css.matchAll(/([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|\([^)]*\)|[^;"'(])*)/g)) {
    if (name && value) found.set(name.toLowerCase(), value.replace(/!important/i, '').trim());
  }
  return found;
}

/** Of a style sheet the rules for a tag, a class, or both; Word writes no others that matter here. */
export class Sheet {
  readonly #rules = new Map<string, Map<string, string>>();

  constructor(css: string) {
    const plain = css.replace(/<!--|-->/g, '').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, selectors, body] of plain.matchAll(/([^{}@]+)\{([^{}]*)\}/g)) {
      const declared = declarations(body ?? '');
      for (const selector of (selectors ?? '').split(',')) {
        const name = selector.trim().toLowerCase();
        if (!/^[a-z0-9]*(\.[\w-]+)?$/.test(name) || name === '') continue;
        this.#rules.set(name, new Map([...this.#rules.get(name) ?? [], ...declared]));
      }
    }
  }

  of(element: Element): Map<string, string> {
    const tag = element.localName;
    const names = [tag, ...[...element.classList].flatMap((name) => [`.${name}`, `${tag}.${name}`])];
    const merged = new Map<string, string>();
    for (const name of names) {
      for (const [property, value] of this.#rules.get(name.toLowerCase()) ?? NO_STYLE) merged.set(property, value);
    }
    return merged;
  }
}

const POINTS: Readonly<Record<string, number>> = { pt: 1, px: 0.75, in: 72, cm: 28.35, mm: 2.835, pc: 12 };

/** A length in points; `size` is what one em is. */
export function points(length: string | undefined, size: number): number | null {
  const match = /^(-?[\d.]+)\s*([a-z]*)$/i.exec(length?.trim() ?? '');
  if (!match) return null;
  const number = Number(match[1]);
  const unit = (match[2] ?? '').toLowerCase();
  if (number === 0) return 0;
  if (unit === 'em' || unit === 'rem') return number * size;
  const factor = POINTS[unit];
  return factor === undefined ? null : number * factor;
}

export function isBold(weight: string | undefined): boolean | null {
  if (weight === undefined) return null;
  return /^bold/i.test(weight) || Number(weight) >= 600;
}
