import type { Act, LocalDate, Message } from '@app/kernel';
import type { ExaminationId, ExaminationOrigin, ExaminedKind, ExaminedPlace } from './examination.types';

/** 检查覆盖: how many were examined where, on which days; what findings are set against. */
export type SubjectsExamined = Message<
  'SubjectsExamined',
  {
    examinationId: ExaminationId;
    origin: ExaminationOrigin;
    kind: ExaminedKind;
    count: number;
    from: LocalDate;
    to: LocalDate;
  } & ExaminedPlace &
    Act
>;
export type SubjectsExaminedCorrected = Message<
  'SubjectsExaminedCorrected',
  { examinationId: ExaminationId; count: number; reason: string } & Act
>;
export type ExaminationEvent = SubjectsExamined | SubjectsExaminedCorrected;
