import { setTimeout as pause } from 'node:timers/promises';
import { off, type Person } from './client';
import type { Say } from './main-job';
import { smallList } from './sheet';

type Job = Readonly<{
  importId: string;
  state: string;
  counts: Readonly<{ rows: number; good: number; wrong: number; withWarnings: number; added: number }> | null;
  understood: Readonly<{ columns: readonly Readonly<{ title?: string; field: string | null }>[] }> | null;
  target: Readonly<{ listId: string }> | null;
  failure: Readonly<{ zh: string; en: string }> | null;
}>;
type List = Readonly<{ number: string | null; counts: Readonly<{ issued: number; filed: number; transferred: number }> }>;

const PATIENCE = 300;
const EVERY_MS = 100;

/** Asks again until it holds: work goes on behind these answers. */
const until = async <T>(ask: () => Promise<T>, holds: (value: T) => boolean, what: string): Promise<T> => {
  for (let i = 0; i < PATIENCE; i += 1) {
    const value = await ask();
    if (holds(value)) return value;
    await pause(EVERY_MS);
  }
  throw off(`等不到：${what}`, `waited in vain: ${what}`);
};

/** A small sheet goes in: preview, commit, issue; its rows arrive at their units by themselves. */
export const importAndIssue = async (office: Person, town: Person, say: Say, batch: string): Promise<string> => {
  const file = await smallList(batch);
  const fields = { sourceKind: 'inspection', sourceName: '走查演示', batch };
  const received = await office.upload<Job>('/imports', fields, file, '问题清单.xlsx');
  const id = received.body.importId;
  const ask = async (): Promise<Job> => (await office.get<Job>(`/imports/${id}`)).body;
  const preview = await until(ask, ({ state }) => state === 'ready' || state === 'refused', '预览');
  if (preview.state !== 'ready')
    throw off(`清单未读成：${preview.failure?.zh ?? ''}`, `the sheet was not read: ${preview.failure?.en ?? ''}`);
  if (preview.counts?.good !== 2) throw off(`应有 2 行可导入，实为 ${String(preview.counts?.good)}`, 'two rows should be fit to go in');
  const titles = (preview.understood?.columns ?? []).filter((column) => column.field !== null).length;
  say(
    office,
    `导入 xlsx：认出 ${String(titles)} 列，可导入 ${String(preview.counts.good)} 行，提醒 ${String(preview.counts.withWarnings)} 行，有错 ${String(preview.counts.wrong)} 行`,
  );

  await office.post(`/imports/${id}/commit`, { draft: { title: `走查演示问题清单 ${batch}` } });
  const committed = await until(ask, ({ state }) => state === 'committed' || state === 'refused', '提交');
  const listId = committed.target?.listId;
  if (committed.state !== 'committed' || listId === undefined) throw off('导入未提交', 'the import was not committed');
  say(office, `提交为清单草稿，新增 ${String(committed.counts?.added)} 行`);

  await office.put(`/lists/${listId}/issue`, {});
  const list = await until(
    async () => (await office.get<List>(`/lists/${listId}`)).body,
    ({ counts }) => counts.issued === 2 && counts.transferred === 2,
    '印发',
  );
  say(office, `印发 ${list.number ?? ''}：${String(list.counts.issued)} 行，已交办 ${String(list.counts.transferred)} 行`);

  type Page = Readonly<{ total: number }>;
  const inbox = await until(
    async () => (await town.get<Page>(`/findings?list=${listId}`)).body,
    ({ total }) => total === 2,
    '镇街收到',
  );
  say(town, `收到清单中的 ${String(inbox.total)} 个问题`);
  return listId;
};
