// The head of the results: verdict, how fresh it is, counts that filter, ignored findings.

import { byId, write } from '../../elements';
import type { Severity, Verdict } from '../../wire';
import type { Findings, Marked } from '../checking/findings';
import { say, type Word } from '../words/words';
import { CATEGORIES, SEVERITIES } from './finding-list';

const element = (id: string): HTMLElement => byId(id, HTMLElement);

export interface Shown {
  readonly findings: Findings;
  readonly busy: boolean;
  readonly empty: boolean;
}

export function verdictOf({ known, visible }: Findings): Verdict | 'none' {
  if (!known) return 'none';
  const severities = new Set(visible.map(({ severity }) => severity));
  if (severities.has('error')) return 'block';
  return severities.has('warning') ? 'review' : 'pass';
}

function stateOf({ findings, busy, empty }: Shown): Word {
  if (busy) return 'state_busy';
  if (findings.complete) return 'state_fresh';
  if (findings.known) return 'state_stale';
  return empty ? 'state_idle' : 'state_unchecked';
}

/** Chips that are pressed show only what they name; none pressed shows all. */
export class Filters {
  readonly #chosen = new Set<string>();

  constructor(onChange: () => void) {
    for (const id of ['counts', 'kinds']) {
      element(id).addEventListener('click', ({ target }) => {
        const name = (target as Element).closest('button')?.dataset['filter'];
        if (!name) return;
        if (!this.#chosen.delete(name)) this.#chosen.add(name);
        onChange();
      });
    }
  }

  clear(): void { this.#chosen.clear(); }

  has(name: string): boolean { return this.#chosen.has(name); }

  pass(findings: readonly Marked[]): Marked[] {
    const severities = SEVERITIES.filter((name) => this.#chosen.has(name));
    const categories = CATEGORIES.filter((name) => this.#chosen.has(name));
    return findings.filter(({ severity, category }) => (
      (severities.length === 0 || severities.includes(severity))
      && (categories.length === 0 || (categories as readonly string[]).includes(category))
    ));
  }
}

function showChips(findings: Findings, filters: Filters): void {
  const counts = new Map<string, number>();
  for (const { severity, category } of findings.visible) {
    counts.set(severity, (counts.get(severity) ?? 0) + 1);
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  for (const chip of document.querySelectorAll<HTMLElement>('[data-filter]')) {
    const name = chip.dataset['filter'] as Severity;
    const number = chip.querySelector('b');
    if (number) write(number, String(counts.get(name) ?? 0));
    chip.setAttribute('aria-pressed', String(filters.has(name)));
    chip.hidden = !(counts.get(name) || filters.has(name) || (SEVERITIES as readonly string[]).includes(name));
  }
  element('counts').hidden = !findings.known;
  element('kinds').hidden = !findings.known || findings.visible.length === 0;
}

export function showSummary(shown: Shown, filters: Filters, filteredOut: number): void {
  const { findings, busy } = shown;
  const { hidden } = findings;
  const verdict = verdictOf(findings);

  const heading = element('verdict');
  heading.dataset['verdict'] = verdict;
  heading.toggleAttribute('data-stale', verdict !== 'none' && !findings.complete);
  write(heading, say(verdict === 'pass' && hidden.length > 0 ? 'verdict_pass_rest' : `verdict_${verdict}`));
  write(element('state'), say(stateOf(shown)));
  element('findings').setAttribute('aria-busy', String(busy));
  showChips(findings, filters);

  const errors = hidden.filter(({ severity }) => severity === 'error').length;
  element('ignored').hidden = hidden.length === 0;
  write(element('ignored-text'), say('ignored', { n: hidden.length }) + (errors > 0 ? say('ignoredErrors', { n: errors }) : ''));
  element('filtered').hidden = filteredOut === 0;
  write(element('filtered-text'), say('filteredOut', { n: filteredOut }));
}
