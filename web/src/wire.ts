// What the service says and takes, as /openapi.json describes it.

export type Severity = 'error' | 'warning' | 'info';
export type Verdict = 'block' | 'review' | 'pass';

export interface Source {
  readonly title: string;
  readonly issuer: string;
  readonly date: string;
  readonly clause: string | null;
}

export interface Finding {
  readonly id: string;
  readonly rule: string;
  readonly category: string;
  readonly severity: Severity;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly message: string;
  readonly replacements: readonly string[];
  readonly source: Source;
}

export interface Answer {
  readonly verdict: Verdict;
  readonly offset_unit: string;
  readonly lexicon_version: string;
  readonly findings: readonly Finding[];
}
