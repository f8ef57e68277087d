// Speaks to the service. Every failure leaves as a Failure whose message can be shown to the editor.

import { anotherKey, heldKey, wantsKey } from './access-key';

const PATIENCE_MS = 30_000;

const BY_STATUS: Readonly<Record<number, string>> = {
  401: '须有密钥',
  403: '没有权限使用本服务',
  413: '内容太长，请分段提交',
  422: '服务不接受这些内容',
  429: '请求过于频繁，请稍后再试',
  503: '服务暂时不可用，请稍后再试',
};

export interface FieldFault {
  readonly field: string;
  readonly detail: string;
}

interface Problem {
  readonly title?: unknown;
  readonly detail?: unknown;
  readonly errors?: readonly FieldFault[];
}

export class Failure extends Error {
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  readonly title: string;
  readonly faults: readonly FieldFault[];

  constructor(message: string, status = 0, title = message, faults: readonly FieldFault[] = []) {
    super(message);
    this.status = status;
    this.title = title;
    this.faults = faults;
  }
}

async function failureOf(response: Response): Promise<Failure> {
  const { status } = response;
  const problem = await response.json().catch(() => null) as Problem | null;
  const words = [problem?.title, problem?.detail].filter((word): word is string => typeof word === 'string' && word !== '');
  const title = words[0] ?? BY_STATUS[status] ?? '服务出错，没有完成';
  return new Failure(`${words.join('：') || title}（${status}）`, status, title, problem?.errors ?? []);
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Blob;
  /** Gives up when it is aborted. */
  readonly signal?: AbortSignal;
  /** What was not done if the request fails, and what of the editor's is safe. */
  readonly failed: string;
  readonly safe?: string;
  readonly patience?: number;
}

async function answerTo<T>(path: string, request: Request, read: (response: Response) => Promise<T>): Promise<T> {
  for (;;) {
    const key = heldKey();
    try {
      return await onceAnswered(path, request, key, read);
    } catch (error) {
      if (!(error instanceof Failure) || !wantsKey(error.status, key)) throw error;
      // The editor may take a while: whoever has given up meanwhile is not asked for any more.
      if (!await anotherKey(error.status, key) || request.signal?.aborted) throw error;
    }
  }
}

async function onceAnswered<T>(
  path: string, request: Request, key: string, read: (response: Response) => Promise<T>,
): Promise<T> {
  const { failed, safe = '', signal, patience = PATIENCE_MS, ...sent } = request;
  const abort = new AbortController();
  const give = () => abort.abort();
  signal?.addEventListener('abort', give);
  const timer = setTimeout(give, patience);
  try {
    const response = await fetch(path, {
      ...sent,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(key ? { Authorization: `Bearer ${key}` } : {}),
        ...sent.headers,
      },
      signal: abort.signal,
    });
    if (!response.ok) throw await failureOf(response);
    return await read(response);
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof DOMException && error.name === 'AbortError') throw new Failure(`等了很久没有答复，请稍后再试。${safe}`);
    if (error instanceof SyntaxError) throw new Failure(`服务的答复看不懂，${failed}。${safe}`);
    throw new Failure(`连不上服务，${failed}。请检查网络后再试${safe ? `；${safe}` : '。'}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', give);
  }
}

export function ask<T>(path: string, request: Request, understands: (answer: T) => boolean): Promise<T> {
  return answerTo(path, request, async (response) => {
    const answer = await response.json() as T;
    if (!understands(answer)) throw new SyntaxError('unexpected answer');
    return answer;
  });
}

export function askForFile(path: string, request: Request): Promise<Blob> {
  return answerTo(path, request, (response) => response.blob());
}

/** A file under the name that the service gives it. */
export function askForNamedFile(path: string, request: Request): Promise<File> {
  return answerTo(path, request, async (response) => {
    const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    return new File([await response.blob()], decodeURIComponent(named ?? ''));
  });
}
