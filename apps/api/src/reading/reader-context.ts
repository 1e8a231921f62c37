import { scopeOf, type VisibilityScope } from '@app/findings';
import { Clock, localDateOf, type Actor, type Instant, type Role } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
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

export type Reading = Readonly<{ scope: VisibilityScope; view: DirectoryView; now: Instant }>;

/** What somebody may read now, from the organisation as it stands today. */
@Injectable()
export class ReaderContext {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of(actor: Actor): Promise<Reading> {
    const [view, now] = [await this.directory.view(), this.clock.now()];
    return { scope: scopeOf(actor, view, localDateOf(now)), view, now };
  }
}
