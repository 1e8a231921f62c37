import { CalendarService, missingYears } from '@app/calendar';
import { Clock, idFrom, localDateOf, type Instant } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Announcer } from '../application/announcer';
import { CALENDAR_PAGE } from '../application/other-news';
import { Outbox } from './outbox';

/** What no event says and administrators should know, each told once; and what may be forgotten. */
@Injectable()
export class Housekeeping {
  constructor(
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async once(): Promise<void> {
    await this.tellOfMissingYears();
    await this.tellOfStoppedReaders();
    while ((await this.outbox.prune()) > 0);
  }

  /** From 1 November, and again each month while a year is missing. */
  private async tellOfMissingYears(): Promise<void> {
    const at = this.clock.now();
    const today = localDateOf(at);
    for (const year of missingYears(this.calendars.years(), today)) {
      const text = `${String(year)} 年的工作日历还没有录入，涉及该年的期限都是暂定的。`;
      await this.tell(idFrom('calendar-missing', year, today.slice(0, 7)), at, 'calendar', text, CALENDAR_PAGE);
    }
  }

  private async tellOfStoppedReaders(): Promise<void> {
    const stopped = await this.database.query<Readonly<{ name: string; stopped_at: string }>[]>(
      'select name, stopped_at::text as stopped_at from checkpoint where stopped_at is not null',
    );
    for (const { name, stopped_at: position } of stopped) {
      const text = `读取程序 ${name} 停在事件 ${position} 之前，后面的内容暂不更新，请看运行日志。`;
      await this.tell(idFrom('reader-stopped', name, position), this.clock.now(), 'failure', text, '/');
    }
  }

  private tell(eventId: string, at: Instant, kind: 'calendar' | 'failure', text: string, path: string): Promise<void> {
    const news = [{ kind, to: [{ kind: 'role', role: 'admin' }], params: { text }, path, urgent: false }] as const;
    return this.announcer.tell({ eventId, at, position: null, doneBy: null, news });
  }
}
