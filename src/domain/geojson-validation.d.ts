/** The part of geojson-validation 1.0.2 that is used here; the package has no types. */
declare module 'geojson-validation' {
  interface Validator {
    /** With `trace` a list of messages, empty when valid. */
    isFeature(feature: unknown, trace: true): string[];
  }
  const gjv: Validator;
  export default gjv;
}
