import { parseArgs } from 'node:util';
import {
  copyEvents,
  CopyInterrupted,
  CopyRefused,
  StoreUnavailable,
  type CopyProgress,
  type CopyRefusal,
  type CopyReport,
} from '@app/event-store';
import type { Bilingual } from '@app/kernel';
import { CommandFailure, type Command } from '../command';
import { ProgressLine } from '../copy/progress-line';
import { storesNamed } from '../copy/store-named';

const OPTIONS = { from: { type: 'string' }, to: { type: 'string' }, 'verify-only': { type: 'boolean' } } as const;
const TERMINAL_EVERY_MS = 500;
const LOG_EVERY_MS = 10_000;

const REFUSALS: Readonly<Record<CopyRefusal, Bilingual>> = {
  differs: {
    zh: '目标中该处是另一个事件：目标不是来源的开头部分，请换一个空的存储。',
    en: 'the target holds another event there: it is no beginning of the source; use an empty store.',
  },
  'target-has-more': {
    zh: '目标中从该处起还有来源没有的事件，请换一个空的存储。',
    en: 'from there on the target holds events that the source does not have; use an empty store.',
  },
  'target-changed': {
    zh: '有其他程序在写目标，或目标丢失了已收下的事件；请停止写入者，换一个空的存储重来。',
    en: 'somebody else writes to the target, or it lost what it had taken: stop the writers and start over with an empty store.',
  },
  'source-incomplete': {
    zh: '来源中有的流已失去开头（被截断或删除），序号无法保持，不能复制。',
    en: 'streams of the source have lost their beginnings (truncated or deleted), so revisions cannot be kept and nothing is copied.',
  },
  'event-refused': {
    zh: '目标不接受该处附近的事件（过大，或含有不能存放的字符）。',
    en: 'the target does not take an event near there (too large, or with characters that cannot be stored).',
  },
};
const INTERRUPTED: Bilingual = {
  zh: '已中断，已复制的保留；再次运行同一命令即从该处继续。',
  en: 'Interrupted; what was copied stays. Run the same command again to go on from there.',
};
const AWAY: Bilingual = {
  zh: '存储无法访问，已复制的保留；恢复后再次运行同一命令即可继续。',
  en: 'A store cannot be reached; what was copied stays. Run the same command again when it is back.',
};

/** Codes of PostgreSQL that say something about the address rather than about the program. */
const ADDRESS_CODES: Readonly<Record<string, Bilingual>> = {
  '28P01': { zh: '数据库拒绝该用户名或密码。', en: 'The database refuses the user or the password.' },
  '28000': { zh: '数据库拒绝该用户名或密码。', en: 'The database refuses the user or the password.' },
  '3D000': { zh: '没有这个数据库。', en: 'There is no such database.' },
  '42501': { zh: '数据库用户权限不足。', en: 'The user of the database may not do this.' },
  '42P01': { zh: '该数据库中没有本产品的事件表。', en: 'The database holds no table of events of this product.' },
};

const sentenceOf = (error: unknown): CommandFailure | null => {
  if (error instanceof CopyInterrupted) return new CommandFailure(INTERRUPTED);
  if (error instanceof StoreUnavailable) return new CommandFailure(AWAY);
  if (error instanceof CopyRefused) {
    const { zh, en } = REFUSALS[error.because];
    const at = error.eventNumber.toLocaleString('en');
    return new CommandFailure({ zh: `第 ${at} 个事件处：${zh}`, en: `At event ${at}: ${en}` });
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const sentence = ADDRESS_CODES[code];
  return sentence === undefined ? null : new CommandFailure(sentence);
};

/** One line that moves on a terminal; a line now and then in a file. */
const reporter = (): Readonly<{ tell: (progress: CopyProgress) => void; end: () => void; note: (text: string) => void }> => {
  const line = new ProgressLine();
  const moves = process.stderr.isTTY;
  let last = Number.NEGATIVE_INFINITY;
  let phase: CopyProgress['phase'] | null = null;
  const end = (): void => {
    if (moves && phase !== null) process.stderr.write('\n');
    phase = null;
  };
  return {
    tell: (progress) => {
      const now = performance.now();
      const text = line.of(progress, now);
      const fresh = progress.phase !== phase;
      if (!fresh && progress.share < 1 && now - last < (moves ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
      if (fresh) end();
      last = now;
      phase = progress.phase;
      process.stderr.write(moves ? `\r${text}\u001b[K` : `${text}\n`);
    },
    end,
    note: (text) => {
      end();
      console.error(text);
    },
  };
};

const print = ({ count, copied, sourceGrew, behind, hashes }: CopyReport, verifyOnly: boolean): void => {
  const number = count.toLocaleString('en');
  console.log(`来源 source  ${number}  sha256 ${hashes.source}`);
  console.log(`目标 target  ${number}  sha256 ${hashes.target}`);
  if (behind) {
    throw new CommandFailure({
      zh: `前 ${number} 个事件相同，但目标还缺后面的事件。`,
      en: `The first ${number} events are the same; the target lacks those after them.`,
    });
  }
  if (!verifyOnly) console.log(`本次复制 copied now  ${copied.toLocaleString('en')}`);
  console.log('一致：数量、顺序、内容相同 · equal in number, order and content');
  if (sourceGrew) {
    console.log(
      '复制期间来源仍有写入：切换前请停止写入者，再运行一次 · the source was written to meanwhile: stop the writers before the switch, and run this once more',
    );
  }
};

export const command: Command = {
  summary: {
    zh: '把全部事件从一个存储复制到另一个（PostgreSQL、EventStoreDB），可中断续传，完成后逐个读回核对；来源不作改动',
    en: 'copy all events from one store to another (PostgreSQL, EventStoreDB); can be interrupted and gone on with; read back at the end; leaves the source as it is',
  },
  usage: '[--from postgres|eventstoredb|URL] [--to postgres|eventstoredb|URL] [--verify-only]',
  run: async (args, settings) => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const { source, target } = storesNamed({ from: values.from, to: values.to }, settings);
    const verifyOnly = values['verify-only'] ?? false;
    const stop = new AbortController();
    const interrupt = (): void => stop.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
    const report = reporter();
    const closing: (() => Promise<void>)[] = [];
    console.error(`${source.kind} → ${target.kind}${verifyOnly ? ' · 只核对 only comparing' : ''}`);
    try {
      if (!verifyOnly) await target.prepare();
      const [from, to] = [source.open(), target.open()];
      const sink = verifyOnly ? null : target.sink(to);
      closing.push(...[from, to, ...(sink === null ? [] : [sink])].map((part) => () => part.close()));
      const done = await copyEvents({
        source: from,
        target: to,
        sink,
        signal: stop.signal,
        onProgress: report.tell,
        onTrouble: () => report.note('存储暂时无法访问，正在重试 · a store cannot be reached for the moment, trying again'),
      });
      report.end();
      print(done, verifyOnly);
    } catch (error) {
      report.end();
      throw sentenceOf(error) ?? error;
    } finally {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
      await Promise.all(closing.map((close) => close()));
    }
  },
};
