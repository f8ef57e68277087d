// What is known about the text on the paper: its findings, kept true through edits, and the editor's decisions.

import type { Answer, Finding, Severity, Verdict } from '../wire';

/** A finding of the service with its place in the text as it now is. */
export interface Marked extends Omit<Finding, 'start' | 'end'> {
  start: number;
  end: number;
  /** Stays the same while the finding stays in its place. */
  readonly key: number;
  ignored: boolean;
}

export interface Masked {
  readonly start: number;
  readonly end: number;
  readonly string: string;
  readonly count: number;
}

function changedSpan(before: string, after: string): { start: number; end: number; shift: number } {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start: head, end: before.length - tail, shift: after.length - before.length };
}

export class Draft {
  text = '';
  checked = false;
  #answer: Answer | null = null;
  #findings: Marked[] = [];
  readonly #ignoredIds = new Set<string>();
  #lastKey = 0;

  get findings(): Marked[] { return this.#findings.filter((finding) => !finding.ignored); }
  get hidden(): Marked[] { return this.#findings.filter((finding) => finding.ignored); }
  get lexiconVersion(): string { return this.#answer?.lexicon_version ?? ''; }

  get counts(): Record<Severity, number> {
    const counts = { error: 0, warning: 0, info: 0 };
    for (const { severity } of this.findings) counts[severity] += 1;
    return counts;
  }

  // The service cannot know what was ignored here, so its verdict holds only while nothing is.
  get verdict(): Verdict | 'none' {
    if (!this.#answer) return 'none';
    if (this.hidden.length === 0) return this.#answer.verdict;
    const { error, warning } = this.counts;
    if (error > 0) return 'block';
    return warning > 0 ? 'review' : 'pass';
  }

  // A finding that stays in its place keeps its key and stays ignored; its id may change with the words beside it.
  answer(answer: Answer): void {
    const placeOf = ({ rule, start, end }: Pick<Finding, 'rule' | 'start' | 'end'>) => `${rule} ${start} ${end}`;
    const known = new Map(this.#findings.map((finding) => [placeOf(finding), finding]));
    this.#answer = answer;
    this.#findings = answer.findings.map((finding) => {
      const { key, ignored } = known.get(placeOf(finding))
        ?? { key: this.#lastKey += 1, ignored: this.#ignoredIds.has(finding.id) };
      if (ignored) this.#ignoredIds.add(finding.id);
      return { ...finding, key, ignored };
    });
    this.checked = true;
  }

  edit(text: string): boolean {
    if (text === this.text) return false;
    const { start, end, shift } = changedSpan(this.text, text);
    this.text = text;
    this.checked = false;
    this.#findings = this.#findings.filter((finding) => !(start < finding.end && finding.start < end));
    for (const finding of this.#findings) {
      if (finding.start >= end) {
        finding.start += shift;
        finding.end += shift;
      }
    }
    return true;
  }

  drop(finding: Marked): void { this.#findings = this.#findings.filter((other) => other !== finding); }

  ignore(finding: Marked): void {
    finding.ignored = true;
    this.#ignoredIds.add(finding.id);
  }

  restore(): void {
    for (const finding of this.#findings) finding.ignored = false;
    this.#ignoredIds.clear();
  }

  forget(): void {
    this.#answer = null;
    this.#findings = [];
    this.checked = false;
  }

  at(offset: number): Marked | null {
    const here = this.findings.filter((finding) => finding.start <= offset && offset <= finding.end);
    return here.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0] ?? null;
  }

  withKey(key: number): Marked | null { return this.findings.find((finding) => finding.key === key) ?? null; }

  // Masks what must not stay, hints excepted; of two that overlap, the outer one. Tells which span now reads how.
  redact(): Masked | null {
    const lastFirst: { finding: Marked; mask: string }[] = [];
    for (const finding of this.findings) {
      const mask = finding.replacements[0];
      const due = finding.category === 'privacy' && finding.severity !== 'info' && mask !== undefined;
      if (due && finding.start >= (lastFirst[0]?.finding.end ?? 0)) lastFirst.unshift({ finding, mask });
    }
    const first = lastFirst.at(-1);
    const last = lastFirst[0];
    if (!first || !last) return null;
    const { start } = first.finding;
    const { end } = last.finding;
    const after = this.text.length - end;
    for (const { finding, mask } of lastFirst) {
      this.drop(finding);
      this.edit(this.text.slice(0, finding.start) + mask + this.text.slice(finding.end));
    }
    return { start, end, string: this.text.slice(start, this.text.length - after), count: lastFirst.length };
  }
}
