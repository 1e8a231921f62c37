import { useSearchParams } from 'react-router';

/** What narrows a list stands in the address, so that a link and the way back show the same list. Never personal data: names searched for stay out. */
export const useAddress = () => {
  const [params, setParams] = useSearchParams();
  return {
    params,
    get: (key: string): string => params.get(key) ?? '',
    /** Empty values leave the address. */
    set: (changes: Readonly<Record<string, string>>): void =>
      setParams(
        (known) => {
          const next = new URLSearchParams(known);
          for (const [key, value] of Object.entries(changes)) {
            if (value === '') next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: true },
      ),
  };
};
