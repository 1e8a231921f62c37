import type { FindingsReadingDetailResponse, OfferedCommand, OffersOffersResponse } from '../../../api/generated/types.gen';
import type { WriteHeaders } from '../../../api/calls';
import type { Option } from '../../../ui/fields';
import type { UnitKind } from '../../../ui/use-units';

export type Row = Readonly<Record<string, string>>;
export type Value = string | readonly string[] | readonly Row[];
/** What a form holds while somebody fills it in; everything is text until it is sent. */
export type Values = Readonly<Record<string, Value>>;

type Common = Readonly<{
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  /** Asked only when this holds of what was entered so far. */
  when?: (values: Values) => boolean;
}>;
export type FieldSpec = Common &
  (
    | Readonly<{ kind: 'text' | 'area'; max: number }>
    | Readonly<{ kind: 'date' }>
    | Readonly<{ kind: 'choice'; options: readonly Option[] }>
    | Readonly<{ kind: 'checks'; options: readonly Option[] }>
    /** One unit, or several where `several` says how many at least. */
    | Readonly<{ kind: 'unit'; kinds: readonly UnitKind[]; within?: string; several?: number }>
    /** Files of the finding, more can be added on the spot. `proof`: at least one that is not from before. */
    | Readonly<{ kind: 'evidence'; legId: string | null; proof: boolean }>
    /** Another finding, by its number. */
    | Readonly<{ kind: 'finding' }>
    /** Persons who hold a post of a unit today. */
    | Readonly<{ kind: 'people'; unitId: string; atLeast: number }>
    /** Several lines of text, one a row. */
    | Readonly<{ kind: 'lines'; atLeast: number; max: number }>
    | Readonly<{ kind: 'rows'; columns: readonly FieldSpec[]; atLeast: number; addLabel: string }>
    /** A row for each item of the finding, answered or left out. */
    | Readonly<{ kind: 'answers'; options: readonly Option[] }>
  );

/** The finding as the reader has it before them, and the leg that is acted on. */
export type Occasion = Readonly<{ finding: FindingsReadingDetailResponse; legId: string | null }>;
type Sent = Promise<Readonly<{ data?: unknown; error?: unknown; response?: Response }>>;

/** How a command is asked for and sent. One for each that is given in a dialog. */
export type CommandSpec = Readonly<{
  fields: (at: Occasion) => readonly FieldSpec[];
  send: (at: Occasion, values: Values, headers: WriteHeaders) => Sent;
  /** What the form says, apart from what it says it of; commands that are given to many rows at once have it. */
  data?: (values: Values) => Readonly<Record<string, unknown>>;
  /** The decision rests on what was seen: a newer state is shown before it is taken. */
  rests?: boolean;
  /** Takes something away: the button says so by colour. */
  grave?: boolean;
  note?: string;
}>;
export type Command = OfferedCommand;
export type Offer = OffersOffersResponse['offers'][number];

export const one = (values: Values, name: string): string => {
  const value = values[name];
  return typeof value === 'string' ? value.trim() : '';
};
const isText = (value: string | Row): value is string => typeof value === 'string';
export const many = (values: Values, name: string): string[] => {
  const value = values[name];
  return value === undefined || typeof value === 'string'
    ? []
    : value.filter(isText).flatMap((text) => (text.trim() === '' ? [] : [text.trim()]));
};
export const rows = (values: Values, name: string): readonly Row[] => {
  const value = values[name];
  return value === undefined || typeof value === 'string' ? [] : value.filter((row): row is Row => !isText(row));
};
/** A field that was not filled in is sent as nothing. */
export const orNull = (values: Values, name: string): string | null => (one(values, name) === '' ? null : one(values, name));
/** One of the codes a choice offers; what the form allowed is what the api takes. */
export const coded = <T extends string>(values: Values, name: string, codes: readonly T[]): T => {
  const found = codes.find((code) => code === one(values, name));
  if (found === undefined) throw new Error(`nothing chosen: ${name}`);
  return found;
};
/** The day somebody claims for the act, when it is not today. */
export const claimed = (values: Values): Readonly<{ on?: string }> => (one(values, 'on') === '' ? {} : { on: one(values, 'on') });
