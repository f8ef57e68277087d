// Tells the service that a rule was wrong in some place: the rule and the reason, nothing of the draft.

import { ask } from '../../service';
import type { Reason } from './decisions';

export async function reportFalseAlarm(rule: string, reason: Reason): Promise<void> {
  await ask<{ rule: string }>('/v1/false-alarms', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ rule, reason: reason.replaceAll('-', '_') }),
    failed: '误报没有记下',
  }, (answer) => answer.rule === rule);
}
