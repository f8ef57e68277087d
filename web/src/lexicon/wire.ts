// What the routes of the site lexicon say and take, as /openapi.json describes it.

import type { Finding, Severity } from '../wire';

export type Kind = 'forbid' | 'replace' | 'allow' | 'switch';
export type Level = Severity | 'off';
export type Match = 'auto' | 'word' | 'anywhere';

export interface Entry {
  readonly kind: Kind;
  readonly text: string;
  readonly reason: string;
  readonly unit: string;
  readonly uses: readonly string[];
  readonly category: string | null;
  readonly level: Level | null;
  readonly scope: readonly string[];
  readonly match: Match;
  readonly expires_on: string | null;
}

export interface Kept {
  readonly id: string;
  readonly version: number;
  readonly changed_on: string;
  readonly author: string;
  readonly retired: boolean;
  readonly entry: Entry;
}

export interface EntryPage {
  readonly site_lexicon_version: number;
  readonly total: number;
  readonly entries: readonly Kept[];
}

export interface Signature {
  readonly author: string;
  readonly note: string;
}

export interface Change {
  readonly number: number;
  readonly author: string;
  readonly at: string;
  readonly action: string;
  readonly undoes: number | null;
  readonly entries: number;
  readonly note: string;
  readonly first: { readonly id: string; readonly text: string };
}

export interface State {
  readonly entry: Entry;
  readonly retired: boolean;
}

export interface Item {
  readonly id: string;
  readonly before: State | null;
  readonly after: State;
}

export interface ChangeDetail {
  readonly change: Change;
  readonly items: readonly Item[];
}

export interface Difference {
  readonly total: number;
  readonly items: readonly Item[];
}

export interface Imported {
  readonly site_lexicon_version: number;
  readonly changed: number;
}

/** What somebody means to change. */
export interface Proposal {
  readonly add?: readonly Entry[];
  readonly change?: Readonly<Record<string, Entry>>;
  readonly retire?: readonly string[];
}

export interface TriedText {
  readonly appearing: readonly Finding[];
  readonly disappearing: readonly Finding[];
}
