// The review sheet: what was found, what was decided. As data for the service, and as a page to be printed.

import type { EditorState } from 'prosemirror-state';

import { make } from '../../elements';
import { decisionsOf, type Decision } from '../checking/decisions';
import { findingsOf, type Marked } from '../checking/findings';
import { lettersIn, PlainText } from '../document/plain-text';
import { sourceInWords } from '../sources';
import { CHINESE } from '../words/chinese';

type Handling = 'open' | 'accepted' | 'masked' | 'ignored' | 'false_alarm';

interface Reviewed {
  readonly severity: 'error' | 'warning' | 'info';
  readonly category: string;
  readonly rule: string;
  readonly text: string;
  readonly message: string;
  readonly source: string;
  readonly replacement: string;
  readonly handling: Handling;
  readonly reason: string;
}

export interface ReviewSheet {
  readonly title: string;
  readonly checked_at: string;
  readonly published_on: string;
  readonly verdict: 'block' | 'review' | 'pass';
  readonly letters: number;
  readonly lexicon_version: string;
  readonly findings: readonly Reviewed[];
}

const HANDLING: Readonly<Record<Handling, string>> = {
  open: '待处理', accepted: '已采纳', masked: '已遮盖', ignored: '已忽略', false_alarm: '误报',
};
const COLUMNS = ['序号', '级别', '类别', '原文', '问题与依据', '建议或改为', '处理'];

function handlingOf(decision: Decision | undefined): Handling {
  switch (decision?.kind) {
    case 'ignored': case 'ignored-everywhere': return 'ignored';
    case 'false-alarm': return 'false_alarm';
    default: return decision?.kind ?? 'open';
  }
}

function ofFinding(finding: Marked, decisions: readonly Decision[]): Reviewed {
  const { severity, category, rule, text, message, source, replacements, key, id } = finding;
  const decision = [...decisions].reverse().find((one) => (
    one.key === key || one.id === id || (one.kind === 'ignored-everywhere' && one.rule === rule && one.text === text)
  ));
  return {
    severity, category, rule, text, message, source: sourceInWords(source), replacement: replacements[0] ?? '',
    handling: handlingOf(decision),
    reason: decision?.reason ? CHINESE[`reason_${decision.reason.replaceAll('-', '_')}` as keyof typeof CHINESE] : '',
  };
}

function ofDecision({ severity, category, rule, text, message, source, replacement, kind }: Decision): Reviewed {
  return {
    severity: severity as Reviewed['severity'], category, rule, text, message, source,
    replacement: replacement || '（删去）', handling: kind === 'masked' ? 'masked' : 'accepted', reason: '',
  };
}

function moment(): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const now = new Date();
  return `${now.getFullYear()}年${now.getMonth() + 1}月${now.getDate()}日 ${two(now.getHours())}:${two(now.getMinutes())}`;
}

export function titleOf(state: EditorState): string {
  const lines = new PlainText(state.doc).text.split('\n').map((line) => line.trim());
  // The heading that stands first, else the first line that has any words.
  let heading = '';
  state.doc.descendants((node) => {
    if (heading === '' && (node.type.name === 'heading' || node.attrs['align'] === 'center')) heading = node.textContent.trim();
    return heading === '';
  });
  return (heading || lines.find((line) => line !== '') || '').slice(0, 100);
}

export function reviewSheet(
  state: EditorState, verdict: ReviewSheet['verdict'], lexiconVersion: string, publishedOn: string,
): ReviewSheet {
  const known = findingsOf(state);
  const decisions = decisionsOf(state.doc);
  const settled = decisions.filter(({ kind }) => kind === 'accepted' || kind === 'masked');
  return {
    title: titleOf(state),
    checked_at: moment(),
    published_on: publishedOn,
    verdict,
    letters: lettersIn(new PlainText(state.doc).text),
    lexicon_version: lexiconVersion,
    findings: [...settled.map(ofDecision), ...known.every.map((finding) => ofFinding(finding, decisions))],
  };
}

function countsIn({ findings }: ReviewSheet): string {
  const counts = Object.entries(HANDLING)
    .map(([handling, name]) => ({ name, count: findings.filter((one) => one.handling === handling).length }))
    .filter(({ count }) => count > 0);
  return [`共 ${findings.length} 处`, ...counts.map(({ name, count }) => `${name} ${count} 处`)].join('，');
}

function fact(name: string, said: string): HTMLElement {
  return make('p', '', make('b', '', `${name}：`), said);
}

/** The sheet as it is shown and printed; Chinese, whatever language the page speaks. */
export function renderSheet(sheet: ReviewSheet): HTMLElement[] {
  const rows = sheet.findings.map((finding, index) => make(
    'tr', '',
    make('td', '', String(index + 1)),
    make('td', '', CHINESE[finding.severity]),
    make('td', '', CHINESE[finding.category as keyof typeof CHINESE]),
    make('td', '', finding.text),
    make('td', '', finding.message, make('small', '', `依据：${finding.source}（${finding.rule}）`)),
    make('td', '', finding.replacement),
    make('td', '', HANDLING[finding.handling], ...(finding.reason ? [`：${finding.reason}`] : [])),
  ));
  const head = make('tr', '', ...COLUMNS.map((name) => make('th', '', name)));
  const table = make('table', '', make('thead', '', head), make('tbody', '', ...rows));
  const facts = [
    fact('稿件', sheet.title || '（无标题）'), fact('审校时间', sheet.checked_at),
    ...(sheet.published_on ? [fact('发布日期', sheet.published_on)] : []),
    fact('字数', String(sheet.letters)), fact('结论', CHINESE[`verdict_${sheet.verdict}`]),
    fact('发现', countsIn(sheet)),
    fact('词库版本', sheet.lexicon_version),
  ];
  return [
    make('h2', '', '审校单'),
    make('div', 'facts', ...facts),
    ...(rows.length > 0 ? [table] : [make('p', '', '未发现问题。')]),
    make('p', 'signatures', ...['初审：', '复审：', '终审：'].map((name) => make('span', '', name))),
  ];
}
