// Speaks to the service. Every failure leaves as a Failure whose message can be shown to the editor.

const PATIENCE_MS = 30_000;

const BY_STATUS = {
  401: '没有权限，请先登录',
  403: '没有权限使用本服务',
  413: '文稿太长，请分段检查',
  422: '服务不接受这份文稿',
  429: '检查过于频繁，请稍后再试',
  503: '服务暂时不可用，请稍后再试',
};

export class Failure extends Error {}

async function failureOf(response) {
  const problem = await response.json().catch(() => null);
  const words = [problem?.title, problem?.detail].filter((word) => typeof word === 'string' && word);
  if (words.length > 0) return new Failure(`${words.join('：')}（${response.status}）`);
  return new Failure(`${BY_STATUS[response.status] || '服务出错，未能检查'}（${response.status}）`);
}

export async function proofread(text, publishedOn, signal) {
  const body = { text, offset_unit: 'utf16' };
  if (publishedOn) body.published_on = publishedOn;

  const request = new AbortController();
  const give = () => request.abort();
  signal.addEventListener('abort', give);
  const patience = setTimeout(give, PATIENCE_MS);
  try {
    const response = await fetch('/v1/proofread', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, application/problem+json' },
      body: JSON.stringify(body),
      signal: request.signal,
    });
    if (!response.ok) throw await failureOf(response);
    const answer = await response.json();
    if (!Array.isArray(answer.findings) || answer.offset_unit !== 'utf16') throw new SyntaxError('unexpected answer');
    return answer;
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error.name === 'AbortError') throw new Failure('等了很久没有答复，请稍后再试。文稿仍在，没有丢失。');
    if (error instanceof SyntaxError) throw new Failure('服务的答复看不懂，未能检查。文稿仍在，没有丢失。');
    throw new Failure('连不上服务，未能检查。请检查网络后再试；文稿仍在，没有丢失。');
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', give);
  }
}
