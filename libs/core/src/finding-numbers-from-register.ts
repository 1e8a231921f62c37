import { FindingNumbers } from '@app/findings';
import { Clock, localDateOf, yearOf, type CommandId, type FindingId } from '@app/kernel';
import { NumberRegister } from '@app/lists';
import { Inject, Injectable } from '@nestjs/common';

/** One series a year in Shanghai, shared with findings that people file and lists that are issued. */
@Injectable()
export class FindingNumbersFromRegister extends FindingNumbers {
  constructor(
    @Inject(NumberRegister) private readonly register: NumberRegister,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    super();
  }

  async take(commandId: CommandId, findingId: FindingId): Promise<string> {
    const series = `QL-${String(yearOf(localDateOf(this.clock.now())))}`;
    const n = await this.register.take(series, commandId, `finding-${findingId}`);
    return `${series}-${String(n).padStart(6, '0')}`;
  }
}
