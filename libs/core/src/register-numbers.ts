import { FindingNumbers } from '@app/findings';
import { Clock, localDateOf, yearOf, type CommandId, type FindingId, type LocalDate } from '@app/kernel';
import { findingNumber, findingSeries, NumberRegister } from '@app/lists';
import { NoticeNumbers, NUMBER_PREFIXES, type NoticeId, type NoticeKind } from '@app/notices';
import { PlaceholderNumbers, type PlaceholderId } from '@app/placeholders';
import { SupervisionNumbers, type SupervisionId } from '@app/supervision';
import { Injectable } from '@nestjs/common';

/** Findings are numbered by the Shanghai year of their filing. */
@Injectable()
export class RegisterNumbers extends FindingNumbers {
  constructor(
    private readonly register: NumberRegister,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(commandId: CommandId, findingId: FindingId): Promise<string> {
    const series = this.series();
    return findingNumber(series, await this.register.take(series, commandId, `finding-${findingId}`));
  }

  settle(commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(this.series(), commandId, outcome, because);
  }

  private series(): string {
    return findingSeries(yearOf(localDateOf(this.clock.now())));
  }
}

/** A series of its own: `XX-2020-0001`, by the Shanghai year of the registration. */
@Injectable()
export class RegisterPlaceholderNumbers extends PlaceholderNumbers {
  constructor(
    private readonly register: NumberRegister,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(commandId: CommandId, placeholderId: PlaceholderId): Promise<string> {
    const series = this.series();
    const n = await this.register.take(series, commandId, `placeholder-${placeholderId}`);
    return `${series}-${String(n).padStart(4, '0')}`;
  }

  settle(commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(this.series(), commandId, outcome, because);
  }

  private series(): string {
    return `XX-${String(yearOf(localDateOf(this.clock.now())))}`;
  }
}

/** A series per kind and Shanghai year: `限改〔2020〕0001号`. */
@Injectable()
export class RegisterNoticeNumbers extends NoticeNumbers {
  constructor(private readonly register: NumberRegister) {
    super();
  }

  async take(kind: NoticeKind, on: LocalDate, commandId: CommandId, noticeId: NoticeId): Promise<string> {
    const series = seriesOf(kind, on);
    const n = await this.register.take(series, commandId, `notice-${noticeId}`);
    return `${series}${String(n).padStart(4, '0')}号`;
  }

  settle(kind: NoticeKind, on: LocalDate, commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(seriesOf(kind, on), commandId, outcome, because);
  }
}

/** A series per Shanghai year: `挂牌〔2020〕0001号`. */
@Injectable()
export class RegisterSupervisionNumbers extends SupervisionNumbers {
  constructor(private readonly register: NumberRegister) {
    super();
  }

  async take(on: LocalDate, commandId: CommandId, id: SupervisionId): Promise<string> {
    const series = listingSeries(on);
    return `${series}${String(await this.register.take(series, commandId, `supervision-${id}`)).padStart(4, '0')}号`;
  }

  settle(on: LocalDate, commandId: CommandId, outcome: 'used' | 'void', because: string | null = null): Promise<void> {
    return this.register.settle(listingSeries(on), commandId, outcome, because);
  }
}

const listingSeries = (on: LocalDate): string => `挂牌〔${String(yearOf(on))}〕`;
const seriesOf = (kind: NoticeKind, on: LocalDate): string => `${NUMBER_PREFIXES[kind]}〔${String(yearOf(on))}〕`;
