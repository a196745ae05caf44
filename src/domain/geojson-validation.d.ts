/** The part of geojson-validation 1.0.2 that is used here; the package has no types. */
declare module 'geojson-validation' {
  /** With `trace` a list of messages, empty when valid. */
  function isFeature(feature: unknown, trace: true): string[];
  const gjv: { isFeature: typeof isFeature };
  export default gjv;
}
