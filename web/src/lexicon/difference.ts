// What happened to an entry, field by field.

import { make } from '../elements';
import { fieldsOf } from './names';
import type { Item, State } from './wire';

/** Which fields differ, old and new side by side. */
export function differenceOf(before: State, after: State): HTMLElement {
  const former = fieldsOf(before);
  const latter = fieldsOf(after);
  const list = make('dl', 'fields');
  for (const name of new Set([...former.keys(), ...latter.keys()])) {
    const [was, is] = [former.get(name) ?? '', latter.get(name) ?? ''];
    if (was === is) continue;
    const change = make('dd');
    if (was) change.append(make('del', '', was));
    if (was && is) change.append(make('span', 'turns', ' 改为 '));
    if (is) change.append(make('ins', '', is));
    list.append(make('dt', '', name), change);
  }
  return list.childElementCount > 0 ? list : make('p', 'soft', '内容相同。');
}

function wholeOf(state: State): HTMLElement {
  const list = make('dl', 'fields');
  for (const [name, value] of fieldsOf(state)) list.append(make('dt', '', name), make('dd', '', value));
  return list;
}

/** One entry of a change, or of a comparison. */
export function itemInWords({ id, before, after }: Item): HTMLLIElement {
  const verb = before === null ? '新增' : after.retired && !before.retired ? '停止使用' : before.retired && !after.retired ? '恢复使用' : '改动';
  const link = make('a', '', id);
  link.href = `#entries/${id}`;
  const head = make('p', 'item-head', link, ` ${verb} `, make('b', '', after.entry.text));
  return make('li', 'item', head, before === null ? wholeOf(after) : differenceOf(before, after));
}
