import { newKey } from '../../api/new-key';
import { refusedBy, unreachable } from '../../api/problem';
import type { ImportAnswer } from '../../api/generated/types.gen';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

/** Sends a file and says how much of it has gone; `fetch` cannot tell. `stop` breaks it off. */
export const uploadImport = (form: FormData, csrf: string, onProgress: (share: number) => void) => {
  const request = new XMLHttpRequest();
  const done = new Promise<ImportAnswer>((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as ImportAnswer);
      else reject(refusedBy(request.status, body));
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(unreachable());
    request.open('POST', '/api/imports');
    request.setRequestHeader('Idempotency-Key', newKey());
    request.setRequestHeader('X-CSRF-Token', csrf);
    request.send(form);
  });
  return { done, stop: () => request.abort() };
};
