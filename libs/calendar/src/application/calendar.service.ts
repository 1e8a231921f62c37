import { EventCodec, EventStore, pause } from '@app/event-store';
import type { CalendarYear, RuleBook, WorkCalendar } from '@app/worktime';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { CalendarYearEvent } from '../domain/calendar-year.events';
import type { DeadlineRuleEvent } from '../domain/deadline-rule.events';
import { BUILT_IN_BOOK, withEvent, withYear, type CalendarBook } from './calendar-book';
import { CALENDAR_EVENT_TYPES } from './calendar.event-types';

const RETRY_MS = 1_000;
const BATCH = 200;
/** Appends come in swarms, and hardly any is about calendars: one look serves all of a swarm. */
const GATHER_MS = 20;

/**
 * The calendar and the rules that hold now, kept in memory by following the event store itself: a read model could be in the
 * middle of a rebuild, and due times that go into events must not depend on that.
 */
@Injectable()
export class CalendarService implements OnModuleInit, OnModuleDestroy {
  private readonly log = new Logger(CalendarService.name);
  private readonly codec = new EventCodec(CALENDAR_EVENT_TYPES);
  private readonly stopping = new AbortController();
  private book: CalendarBook = BUILT_IN_BOOK;
  private position = 0n;
  private following: Promise<void> = Promise.resolve();
  private waiters: (() => void)[] = [];

  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** Returns when everything stored so far is known. */
  async onModuleInit(): Promise<void> {
    await new Promise<void>((caughtUp) => {
      this.following = this.follow(caughtUp);
    });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  calendar(): WorkCalendar {
    return this.book.calendar;
  }

  rules(): RuleBook {
    return this.book.rules;
  }

  /** Every year known, published, loaded or computed, oldest first. */
  years(): readonly CalendarYear[] {
    return this.book.years;
  }

  /** The calendar as it would be with this edition of a year; for previews. */
  calendarWith(year: CalendarYear): WorkCalendar {
    return withYear(this.book, year).calendar;
  }

  /** Returns once everything up to a position is known; the caller's signal ends the waiting early. */
  async knows(position: bigint, signal?: AbortSignal): Promise<boolean> {
    while (this.position < position) {
      if (signal?.aborted === true || this.stopping.signal.aborted) return false;
      await new Promise<void>((resolve) => {
        this.waiters.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    return true;
  }

  private async follow(caughtUp: () => void): Promise<void> {
    const filter = { eventTypes: Object.keys(CALENDAR_EVENT_TYPES) };
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        for await (const { events, position, live } of this.store.subscribe(this.position, signal, filter, BATCH)) {
          this.book = events.reduce((book, stored) => {
            const { type, data } = this.codec.decode(stored);
            return withEvent(book, { type, data } as CalendarYearEvent | DeadlineRuleEvent, stored.position);
          }, this.book);
          this.position = position;
          for (const wake of this.waiters.splice(0)) wake();
          if (live) caughtUp();
          if (live && events.length === 0) await pause(GATHER_MS, signal);
        }
      } catch (error) {
        this.log.error(`the calendar is not followed for the moment: ${error instanceof Error ? error.message : 'unknown'}`);
        await pause(RETRY_MS, signal);
      }
    }
    for (const wake of this.waiters.splice(0)) wake();
    caughtUp();
  }
}
