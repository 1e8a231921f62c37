/** Findings are numbered by year, `QL-2020-000123`, whoever files them: people, lists, splits and relapses share one series. */
export const findingSeries = (year: number): string => `QL-${String(year)}`;
export const findingNumber = (series: string, n: number): string => `${series}-${String(n).padStart(6, '0')}`;
