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
  #ignoredIds = new Set();
  #lastKey = 0;

  get findings() { return this.#findings.filter((finding) => !finding.ignored); }
  get hidden() { return this.#findings.filter((finding) => finding.ignored); }
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

  // A finding that stays in its place keeps its key and stays ignored; its id may change with the words beside it.
  answer(answer) {
    const placeOf = ({ rule, start, end }) => `${rule} ${start} ${end}`;
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

  ignore(finding) {
    finding.ignored = true;
    this.#ignoredIds.add(finding.id);
  }

  restore() {
    for (const finding of this.#findings) finding.ignored = false;
    this.#ignoredIds.clear();
  }

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

  // Masks what must not stay, hints excepted; of two that overlap, the outer one. Tells which span now reads how.
  redact() {
    const lastFirst = [];
    for (const finding of this.findings) {
      const due = finding.category === 'privacy' && finding.severity !== 'info' && finding.replacements.length > 0;
      if (due && finding.start >= (lastFirst[0]?.end ?? 0)) lastFirst.unshift(finding);
    }
    if (lastFirst.length === 0) return null;
    const { start } = lastFirst.at(-1);
    const { end } = lastFirst[0];
    const after = this.text.length - end;
    for (const finding of lastFirst) {
      this.drop(finding);
      this.edit(this.text.slice(0, finding.start) + finding.replacements[0] + this.text.slice(finding.end));
    }
    return { start, end, string: this.text.slice(start, this.text.length - after), count: lastFirst.length };
  }
}
