/** The part of the browser's interface that is used here; browsers without it are given plain strings. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): unknown;
}

/**
 * Nothing that is a string becomes code or markup, where the browser enforces that; a worker may be started from a file
 * of the app's own.
 */
(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, location.href).origin === location.origin) return url;
    throw new TypeError(`${url} is no script of this app.`);
  },
});
