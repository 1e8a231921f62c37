import type { Subject } from '@app/findings';
import { idFrom, type CommandId, type SubjectId } from '@app/kernel';
import { maskName, Sealer } from '@app/privacy';
import { Injectable } from '@nestjs/common';
import type { Body, subjectRequest } from './finding.requests';

const PERSONAL: ReadonlySet<Subject['kind']> = new Set(['household', 'person']);

/** Turns what was typed about a subject into what may stand in an event: a masked label and a sealed rest. */
@Injectable()
export class Subjects {
  constructor(private readonly sealer: Sealer) {}

  /** The subject's id follows from the command, so a repeated filing seals under the same key. */
  async seal(typed: Body<typeof subjectRequest>, commandId: CommandId, ...part: readonly (string | number)[]): Promise<Subject> {
    const { kind, name, idNumber, phone, bankCard, sensitive } = typed;
    const fields = Object.fromEntries(
      Object.entries({ idNumber, phone, bankCard }).filter(([, value]) => value !== undefined && value !== ''),
    );
    const personal = PERSONAL.has(kind) || Object.keys(fields).length > 0;
    if (!personal) return { kind, subjectId: null, label: name, sealed: null, sensitive };
    const subjectId = idFrom(commandId, 'subject', ...part) as SubjectId;
    const sealed = await this.sealer.seal(subjectId, { name, ...fields });
    return { kind, subjectId, label: PERSONAL.has(kind) ? maskName(name) : name, sealed, sensitive };
  }
}
