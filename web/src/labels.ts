// The names under which editors know severities and categories.

import type { Severity } from './wire';

export const SEVERITY: Readonly<Record<Severity, string>> = { error: '须改', warning: '须核实', info: '可斟酌' };

export const CATEGORY: Readonly<Record<string, string>> = {
  expression: '固定表述',
  sensitive: '敏感与禁慎用词',
  typo: '错别字',
  privacy: '隐私泄露',
  format: '标点数字格式',
  link: '链接',
};
