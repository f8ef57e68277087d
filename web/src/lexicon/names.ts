// The names under which editors know what an entry is made of; the columns of the table bear the same.

import { CATEGORY, SEVERITY } from '../labels';
import type { Entry, Kind, Level, Match, State } from './wire';

export const KIND: Readonly<Record<Kind, string>> = { forbid: '禁用', replace: '改用', allow: '允许', switch: '调整' };
export const LEVEL: Readonly<Record<Level, string>> = { ...SEVERITY, off: '停用' };
export const MATCH: Readonly<Record<Match, string>> = { auto: '自动', word: '整词', anywhere: '任意' };

export const ACTION: Readonly<Record<string, string>> = {
  add: '新增', change: '改动', retire: '停止使用', import: '导入', undo: '撤销',
};

export const scopeInWords = (scope: readonly string[]): string => scope.map((part) => CATEGORY[part] ?? part).join('、');

/** An entry as named fields, in the order of the table; what is empty is left out. */
export function fieldsOf({ entry, retired }: State): Map<string, string> {
  const fields: [string, string][] = [
    ['类型', KIND[entry.kind]],
    ['词语', entry.text],
    ['改为', entry.uses.join('；')],
    ['类别', entry.category ? CATEGORY[entry.category] ?? entry.category : ''],
    ['级别', entry.level ? LEVEL[entry.level] : ''],
    ['范围', entry.kind === 'allow' ? scopeInWords(entry.scope) || '全部' : ''],
    ['匹配', entry.kind === 'switch' ? '' : MATCH[entry.match]],
    ['理由', entry.reason],
    ['单位', entry.unit],
    ['到期日', entry.expires_on ?? ''],
    ['状态', retired ? '已停止使用' : ''],
  ];
  return new Map(fields.filter(([, value]) => value !== ''));
}

export function hasExpired({ expires_on: lastDay }: Entry): boolean {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
  return lastDay !== null && lastDay < today;
}

export const timeInWords = (at: string): string => new Date(at).toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' });
