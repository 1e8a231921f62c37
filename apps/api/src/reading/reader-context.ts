import { scopeOf, type VisibilityScope } from '@app/findings';
import { CalendarService } from '@app/calendar';
import { Clock, localDateOf, type Actor, type Instant, type Role } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { workingDaysLeft } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';

/** Whoever works on findings or watches over them. A system administrator reads no cases. */
export const PEOPLE: readonly Role[] = [
  'inspector',
  'team-head',
  'office',
  'office-head',
  'clerk',
  'deputy',
  'head',
  'leader',
  'independent-verifier',
  'auditor',
];

/** Working days from now to a due time (an instant of the api), negative when it has passed; null without one. */
export type DaysLeft = (due: string | null) => number | null;
export type Reading = Readonly<{ scope: VisibilityScope; view: DirectoryView; now: Instant; daysLeft: DaysLeft }>;

/** What somebody may read now, from the organisation as it stands today. */
@Injectable()
export class ReaderContext {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CalendarService) private readonly calendar: CalendarService,
  ) {}

  async of(actor: Actor): Promise<Reading> {
    const [view, now] = [await this.directory.view(), this.clock.now()];
    const left = workingDaysLeft(now, this.calendar.calendar());
    return { scope: scopeOf(actor, view, localDateOf(now)), view, now, daysLeft: (due) => left(due as Instant | null) };
  }
}
