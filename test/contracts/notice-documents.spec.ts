import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contentHash } from '@app/documents';
import { documentOf, type NoticeIssued } from '@app/notices';

const stored = JSON.parse(readFileSync(path.join(__dirname, 'events', 'NoticeIssued.v1.json'), 'utf8')) as {
  data: NoticeIssued['data'];
};

describe('A notice that was stored once', () => {
  it('is still printed with the words it was issued with: a new wording is a new template version', () => {
    expect(contentHash(documentOf(stored.data))).toBe(stored.data.contentHash);
  });

  it('is not printed with any word changed', () => {
    const [first, ...rows] = stored.data.rows;
    if (first === undefined) throw new Error('the stored notice has no findings');
    const changed = { ...stored.data, rows: [{ ...first, problem: `${first.problem}。` }, ...rows] };
    expect(contentHash(documentOf(changed))).not.toBe(stored.data.contentHash);
  });
});
