// The head of the results: verdict, how fresh it is, counts, ignored findings.

import { byId, write } from '../elements';
import { SEVERITY } from '../labels';
import type { Severity } from '../wire';
import type { Draft, Marked } from './draft';

const VERDICT = {
  none: '尚未检查',
  block: '不能发布：须先改正',
  review: '需要人工核实',
  pass: '未发现问题',
};

const STATE = {
  idle: '粘贴文稿后自动检查，也可以点“检查”。',
  busy: '正在检查…',
  stale: '文稿已改动，以下结果待复查。',
  unchecked: '这份文稿还没有检查结果。',
  fresh: '已检查当前文稿。',
};

const element = (id: string): HTMLElement => byId(id, HTMLElement);

function stateOf(draft: Draft, busy: boolean): keyof typeof STATE {
  if (busy) return 'busy';
  if (draft.checked) return 'fresh';
  if (draft.verdict !== 'none') return 'stale';
  return draft.text.trim() ? 'unchecked' : 'idle';
}

function ignoredInWords(hidden: readonly Marked[]): string {
  const errors = hidden.filter((finding) => finding.severity === 'error').length;
  return `已忽略 ${hidden.length} 处${errors > 0 ? `（其中${SEVERITY.error} ${errors} 处）` : ''}`;
}

export function showSummary(draft: Draft, busy: boolean): void {
  const { verdict, hidden, counts } = draft;
  const state = stateOf(draft, busy);

  const heading = element('verdict');
  heading.dataset['verdict'] = verdict;
  heading.toggleAttribute('data-stale', verdict !== 'none' && !draft.checked);
  write(heading, verdict === 'pass' && hidden.length > 0 ? '其余未发现问题' : VERDICT[verdict]);

  write(element('state'), STATE[state]);
  element('findings').setAttribute('aria-busy', String(busy));

  element('counts').hidden = verdict === 'none';
  for (const item of element('counts').querySelectorAll<HTMLElement>('li')) {
    const count = item.querySelector('b');
    if (count) write(count, String(counts[item.dataset['severity'] as Severity]));
  }

  element('ignored').hidden = hidden.length === 0;
  write(element('ignored-text'), ignoredInWords(hidden));
  write(element('length'), `共 ${[...draft.text.replace(/\s/g, '')].length} 字`);
  write(element('lexicon'), draft.lexiconVersion ? `词库版本 ${draft.lexiconVersion}` : '');
}
