// The fields of an entry: filled from it, read into it, shown as its kind needs them.

import { byId, make, write } from '../elements';
import { CATEGORY } from '../labels';
import { nameOfRule } from './site-lexicon';
import type { Entry, Kind, Level, Match } from './wire';

const USUAL_CATEGORY: Readonly<Partial<Record<Kind, string>>> = { forbid: 'sensitive', replace: 'expression' };
const USUAL_LEVEL: Readonly<Partial<Record<Kind, Level>>> = { forbid: 'error', replace: 'error', switch: 'off' };
const BETWEEN_CODES = /[、,，;；\s]+/;

const EMPTY: Entry = {
  kind: 'replace', text: '', reason: '', unit: '', uses: [], category: null, level: null, scope: [], match: 'auto', expires_on: null,
};

const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

export class EntryForm {
  readonly #form: HTMLFormElement;
  readonly #text = byId('entry-text', HTMLInputElement);
  readonly #uses = byId('entry-uses', HTMLTextAreaElement);
  readonly #category = byId('entry-category', HTMLSelectElement);
  readonly #level = byId('entry-level', HTMLSelectElement);
  readonly #codes = byId('entry-codes', HTMLInputElement);
  readonly #match = byId('entry-match', HTMLSelectElement);
  readonly #reason = byId('entry-reason', HTMLTextAreaElement);
  readonly #unit = byId('entry-unit', HTMLInputElement);
  readonly #expires = byId('entry-expires', HTMLInputElement);
  readonly #rule = byId('entry-rule', HTMLElement);
  #lastUnit = '';

  constructor(form: HTMLFormElement) {
    this.#form = form;
    byId('entry-scope', HTMLElement).append(...Object.entries(CATEGORY).map(([value, label]) => {
      const box = make('input');
      Object.assign(box, { type: 'checkbox', name: 'scope', value });
      return make('label', 'choice', box, ` ${label}`);
    }));
    form.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.name === 'kind') this.#turnTo(this.#kind);
      if (target === this.#text) this.#nameRule();
    });
  }

  get entry(): Entry {
    const kind = this.#kind;
    const finds = kind === 'forbid' || kind === 'replace';
    const categories = this.#scopes.filter((box) => box.checked).map((box) => box.value);
    return {
      kind,
      text: this.#text.value.trim(),
      reason: lines(this.#reason.value).join(''),
      unit: this.#unit.value.trim(),
      uses: kind === 'replace' ? lines(this.#uses.value) : [],
      category: finds ? this.#category.value : null,
      level: kind === 'allow' ? null : this.#level.value as Level,
      scope: kind === 'allow' ? [...categories, ...this.#codes.value.split(BETWEEN_CODES).filter(Boolean)] : [],
      match: kind === 'switch' ? 'auto' : this.#match.value as Match,
      expires_on: this.#expires.value || null,
    };
  }

  /** Shows an entry; without one the form is empty but for the unit, which seldom changes. */
  fill(entry: Entry = { ...EMPTY, unit: this.#lastUnit }): void {
    for (const radio of this.#kinds) radio.checked = radio.value === entry.kind;
    this.#turnTo(entry.kind);
    this.#text.value = entry.text;
    this.#uses.value = entry.uses.join('\n');
    this.#category.value = entry.category ?? this.#category.value;
    this.#level.value = entry.level ?? this.#level.value;
    for (const box of this.#scopes) box.checked = entry.scope.includes(box.value);
    this.#codes.value = entry.scope.filter((part) => !(part in CATEGORY)).join('、');
    this.#match.value = entry.match;
    this.#reason.value = entry.reason;
    this.#unit.value = entry.unit;
    this.#expires.value = entry.expires_on ?? '';
    this.#nameRule();
  }

  keep(): void { this.#lastUnit = this.#unit.value.trim(); }

  focus(): void { this.#text.focus(); }

  get #kinds(): HTMLInputElement[] { return [...this.#form.querySelectorAll<HTMLInputElement>('[name=kind]')]; }
  get #scopes(): HTMLInputElement[] { return [...this.#form.querySelectorAll<HTMLInputElement>('[name=scope]')]; }
  get #kind(): Kind { return (this.#kinds.find((radio) => radio.checked)?.value ?? 'replace') as Kind; }

  #turnTo(kind: Kind): void {
    for (const part of this.#form.querySelectorAll<HTMLElement>('[data-kinds]')) {
      part.hidden = !part.dataset['kinds']?.split(' ').includes(kind);
    }
    for (const option of this.#level.options) {
      const usable = option.value !== (kind === 'switch' ? 'error' : 'off');
      option.hidden = !usable;
      option.disabled = !usable;
    }
    this.#category.value = USUAL_CATEGORY[kind] ?? this.#category.value;
    this.#level.value = USUAL_LEVEL[kind] ?? this.#level.value;
    write(byId('entry-text-label', HTMLElement), kind === 'switch' ? '规则编号' : kind === 'allow' ? '允许的写法' : kind === 'forbid' ? '禁用的写法' : '错误的写法');
    this.#nameRule();
  }

  async #nameRule(): Promise<void> {
    const code = this.#text.value.trim();
    if (this.#kind !== 'switch' || code === '') {
      write(this.#rule, '');
      return;
    }
    const name = await nameOfRule(code);
    if (this.#text.value.trim() === code && this.#kind === 'switch') write(this.#rule, name ?? '没有这个编号的规则');
  }
}
