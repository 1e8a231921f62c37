import type { FindingStage, SubjectKind } from '@app/findings';
import type { InspectionAnswer, InspectionMember, InspectionTeam, InspectionVillage } from './inspection.answers';

/** A household or person by masked label, with a key to name it by and a short code to tell two 王** apart. Nothing in clear. */
export type PackageSubject = Readonly<{ subjectKey: string; kind: SubjectKind; label: string; code: string }>;
export type PackageEvidence = Readonly<{ evidenceId: string; phase: string; mediaType: string }>;
export type PackageFinding = Readonly<{
  findingId: string;
  revision: number;
  number: string;
  stage: FindingStage;
  category: Readonly<{ code: string; name: string }>;
  subject: Readonly<{ subjectKey: string | null; kind: SubjectKind; label: string; code: string | null }>;
  text: string;
  dueAt: string | null;
  overdue: boolean;
  evidenceCount: number;
  evidence: readonly PackageEvidence[];
  /** It waits for verification (待核查) and the reader may do it (R9). */
  mayVerify: boolean;
}>;
export type PackageCategory = Readonly<{
  code: string;
  name: string;
  parent: string | null;
  /** First letters of the pinyin, lower case. */
  initials: string;
  /** What may prove a result: photo, document, data-screenshot, signed-statement. */
  evidenceKinds: readonly string[];
}>;

/** 任务包: what a phone needs in a village without a network, for a day. */
export type TaskPackage = Readonly<{
  takenAt: string;
  expiresAt: string;
  today: string;
  /** Null: taken without a task, for a village of one's own choice. */
  task: InspectionAnswer | null;
  team: InspectionTeam;
  teamMembers: readonly InspectionMember[];
  village: InspectionVillage;
  openCount: number;
  toVerifyToday: number;
  lastVisit: string | null;
  findings: readonly PackageFinding[];
  /** More findings are open than the package holds. */
  findingsCut: boolean;
  roster: readonly PackageSubject[];
  categories: readonly PackageCategory[];
  /** Codes of the six the reader filed last. */
  recentCategories: readonly string[];
}>;
