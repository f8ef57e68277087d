// What is known about the text on the paper: its findings, kept true through edits, and the editor's decisions.

const SEVERITIES = ['error', 'warning', 'info'];

function changedSpan(before, after) {
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
  #answer = null;
  #findings = [];
  #ignored = new Set();
  #lastKey = 0;

  get findings() { return this.#findings.filter((finding) => !this.#ignored.has(finding.id)); }
  get hidden() { return this.#findings.filter((finding) => this.#ignored.has(finding.id)); }
  get lexiconVersion() { return this.#answer ? this.#answer.lexicon_version : ''; }

  get counts() {
    const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0]));
    for (const { severity } of this.findings) counts[severity] += 1;
    return counts;
  }

  // The service cannot know what was ignored here, so its verdict holds only while nothing is.
  get verdict() {
    if (!this.#answer) return 'none';
    if (this.hidden.length === 0) return this.#answer.verdict;
    const { error, warning } = this.counts;
    if (error > 0) return 'block';
    return warning > 0 ? 'review' : 'pass';
  }

  // A finding keeps its key while it stays in its place; its id may change with the words beside it.
  answer(answer) {
    const placeOf = ({ rule, start, end }) => `${rule} ${start} ${end}`;
    const keys = new Map(this.#findings.map((finding) => [placeOf(finding), finding.key]));
    this.#answer = answer;
    this.#findings = answer.findings.map((finding) => (
      { ...finding, key: keys.get(placeOf(finding)) ?? (this.#lastKey += 1) }
    ));
    this.checked = true;
  }

  edit(text) {
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

  drop(finding) { this.#findings = this.#findings.filter((other) => other !== finding); }
  ignore(finding) { this.#ignored.add(finding.id); }
  restore() { this.#ignored.clear(); }

  forget() {
    this.#answer = null;
    this.#findings = [];
    this.checked = false;
  }

  at(offset) {
    const here = this.findings.filter((finding) => finding.start <= offset && offset <= finding.end);
    return here.sort((a, b) => (a.end - a.start) - (b.end - b.start))[0] || null;
  }

  withKey(key) { return this.findings.find((finding) => finding.key === key) || null; }

  // Last first, so that earlier offsets stay good while the caller replaces; of two that overlap, the outer one.
  get redactable() {
    const chosen = [];
    for (const finding of this.findings) {
      const last = chosen[chosen.length - 1];
      const usable = finding.category === 'privacy' && finding.replacements.length > 0;
      if (usable && (!last || finding.start >= last.end)) chosen.push(finding);
    }
    return chosen.reverse();
  }
}
