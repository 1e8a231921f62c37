/** The service worker makes the pages open without a network. It is for secure contexts, and for the built application. */
type Told = (update: (() => void) | null) => void;

const tellWhenWaiting = (registration: ServiceWorkerRegistration, tell: Told): void => {
  const { waiting } = registration;
  if (waiting !== null && navigator.serviceWorker.controller !== null) tell(() => waiting.postMessage('take-over'));
};

/** `tell` gets what takes the new version over, once one is ready. */
export const registerServiceWorker = async (tell: Told): Promise<void> => {
  if (!import.meta.env.PROD || !window.isSecureContext || !('serviceWorker' in navigator)) return;
  const hadOne = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadOne) window.location.reload();
  });
  const registration = await navigator.serviceWorker.register('/sw.js');
  tellWhenWaiting(registration, tell);
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', () => tellWhenWaiting(registration, tell));
  });
};
