import { useState } from 'react';

/** One act of a form: `send(complete, act)` marks the form as tried, and acts once when it is complete; a refusal lands in `error`. */
export const useAct = () => {
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await act();
      setTried(false);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  const send = (isComplete: boolean, act: () => Promise<void>): void => {
    setTried(true);
    if (isComplete && !busy) void run(act);
  };
  return { tried, busy, error, send };
};
