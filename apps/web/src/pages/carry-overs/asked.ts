import type { CarryOversAllData } from '../../api/generated/types.gen';

type Query = NonNullable<CarryOversAllData['query']>;
export const SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;

const ID = /^[A-Za-z0-9._-]{1,80}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const matching = (pattern: RegExp, value: string | null): string | undefined => (value !== null && pattern.test(value) ? value : undefined);

/** What an address asks of the list; what it does not know is left out. */
export const carryOversAsked = (params: URLSearchParams): Query => {
  const town = matching(ID, params.get('town'));
  const department = matching(ID, params.get('department'));
  const source = SOURCES.find((one) => one === params.get('source'));
  const file = matching(UUID, params.get('import'));
  const withdrawn = (['true', 'false'] as const).find((one) => one === params.get('withdrawn'));
  return {
    ...(town === undefined ? {} : { town }),
    ...(department === undefined ? {} : { department }),
    ...(source === undefined ? {} : { source }),
    ...(file === undefined ? {} : { import: file }),
    ...(withdrawn === undefined ? {} : { withdrawn }),
  };
};
