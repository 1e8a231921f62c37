import type { Item, Subject } from '@app/findings';
import { idFrom, type CommandId, type ItemId, type SubjectId } from '@app/kernel';
import { maskName, Sealer, type ToSeal } from '@app/privacy';
import { Injectable } from '@nestjs/common';
import type { Body, itemRequest, subjectRequest } from './finding.requests';

type Typed = Body<typeof subjectRequest>;
const PERSONAL: ReadonlySet<Subject['kind']> = new Set(['household', 'person']);

const personalFields = ({ idNumber, phone, bankCard }: Typed): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ idNumber, phone, bankCard }).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );

/** What is shown of a subject everywhere: persons and households masked, everything else by its name. */
export const labelOf = ({ kind, name }: Pick<Typed, 'kind' | 'name'>): string => (PERSONAL.has(kind) ? maskName(name) : name);

/** Turns what was typed about subjects into what may stand in an event: a masked label and a sealed rest. */
@Injectable()
export class Subjects {
  constructor(private readonly sealer: Sealer) {}

  async seal(typed: Typed, commandId: CommandId): Promise<Subject> {
    const [subject] = await this.sealAll([typed], commandId, 'subject');
    if (subject === undefined) throw new RangeError('one subject in, one subject out');
    return subject;
  }

  async items(typed: readonly Body<typeof itemRequest>[], commandId: CommandId): Promise<readonly Item[]> {
    const subjects = await this.sealAll(
      typed.map((item) => item.subject),
      commandId,
      'item-subject',
    );
    return typed.flatMap(({ text }, i) => {
      const subject = subjects[i];
      return subject === undefined ? [] : [{ itemId: idFrom(commandId, 'item', i) as ItemId, subject, text }];
    });
  }

  /** The subject's id follows from the command, so a repeated filing seals under the same key. */
  private async sealAll(typed: readonly Typed[], commandId: CommandId, purpose: string): Promise<readonly Subject[]> {
    const entries = typed.map((one, i): ToSeal | null => {
      const fields = personalFields(one);
      const personal = PERSONAL.has(one.kind) || Object.keys(fields).length > 0;
      return personal ? { subjectId: idFrom(commandId, purpose, i) as SubjectId, fields: { name: one.name, ...fields } } : null;
    });
    const toSeal = entries.filter((entry) => entry !== null);
    const sealed = toSeal.length === 0 ? [] : await this.sealer.sealAll(toSeal);
    const sealedBySubject = new Map(toSeal.map(({ subjectId }, i) => [subjectId, sealed[i] ?? null]));
    return typed.map(({ kind, name, sensitive }, i) => {
      const subjectId = entries[i]?.subjectId ?? null;
      return {
        kind,
        subjectId,
        label: labelOf({ kind, name }),
        sealed: subjectId === null ? null : (sealedBySubject.get(subjectId) ?? null),
        sensitive,
      };
    });
  }
}
