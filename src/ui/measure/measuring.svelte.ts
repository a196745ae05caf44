/** What measures between places, areas among them. */
export interface MeasuringPart {
  radiusMeters: typeof import('../../domain/measure').radiusMeters;
  formatDistance: typeof import('../../domain/distance-text').formatDistance;
  distancesFrom: typeof import('../../domain/distance-columns').distancesFrom;
  referenceDistances: typeof import('../../domain/report').referenceDistances;
  checkReportedDistances: typeof import('../../domain/report').checkReportedDistances;
  reportRings: typeof import('../../map/report-rings').reportRings;
}

async function load(): Promise<MeasuringPart> {
  const [measure, columns, text, report, rings] = await Promise.all([
    import('../../domain/measure'),
    import('../../domain/distance-columns'),
    import('../../domain/distance-text'),
    import('../../domain/report'),
    import('../../map/report-rings'),
  ]);
  return {
    radiusMeters: measure.radiusMeters,
    formatDistance: text.formatDistance,
    distancesFrom: columns.distancesFrom,
    referenceDistances: report.referenceDistances,
    checkReportedDistances: report.checkReportedDistances,
    reportRings: rings.reportRings,
  };
}

/** The part of the app that measures: the first screen does not need it, unless its address asks for a distance. */
export class Measuring {
  /** once it is there */
  part = $state.raw<MeasuringPart>();
  /** why it cannot be had, '' when it can */
  failure = $state('');

  #loading: Promise<MeasuringPart> | undefined;

  /** Rejects when it cannot be loaded; the next call tries again. */
  async prepare(): Promise<MeasuringPart> {
    const loading = (this.#loading ??= load());
    try {
      this.part = await loading;
      this.failure = '';
      return this.part;
    } catch (error) {
      if (this.#loading === loading) this.#loading = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.failure = `The part of the app that measures cannot be loaded: ${reason}. Reload the page to try again.`;
      throw new Error(this.failure, { cause: error });
    }
  }

  /** A part that measures, once it can. */
  async with<T>(part: Promise<T>): Promise<T> {
    await this.prepare();
    return await part;
  }

  /** Prepares where nobody waits for it: `failure` says why it is not there. */
  begin(): void {
    this.prepare().catch(() => undefined);
  }
}
