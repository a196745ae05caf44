import { type Place, centerOf, placeOfSighting } from '../../domain/distance';
import { formatChosen } from '../../domain/units';
import { UNIT_SYSTEMS, type Units } from '../../domain/units';
import {
  type Path,
  type ReportedDistanceKey,
  type Rings,
  report as reportParam,
} from '../../io/place-params';
import type { Circle } from '../../map/opening-view';
import type { Ring } from '../../map/ring-layers';
import type { DrawnMeasurement } from '../../map/ruler-layers';
import type { Address, MeasuringTool } from '../../io/url';
import { recall, remember } from '../browser-memory';
import type { Places } from '../places.svelte';
import type { Measuring } from './measuring.svelte';
import { Ruler } from './ruler.svelte';

const UNITS_KEY = 'units';

function recallUnits(): Units {
  const units = recall(UNITS_KEY);
  return UNIT_SYSTEMS.find((known) => known === units) ?? 'metric';
}

function circleOfRing({ lng, lat, meters }: Ring): Circle {
  return { lng, lat, radiusMeters: meters };
}

/** The measuring tools: which is open, and what each of them has to show. */
export class MeasureState {
  /** the tool that is open, if one is */
  tool = $state<MeasuringTool>();
  units = $state<Units>('metric');
  /** whether the keyboard is to go into the tools when they open */
  isFocusWanted = false;
  readonly ruler: Ruler;
  /** circles around a place */
  rings = $state.raw<Rings>();
  /** the reported distance that is drawn */
  report = $state.raw<ReportedDistanceKey>();

  constructor(
    private readonly places: Places,
    private readonly measuring: Measuring,
  ) {
    this.ruler = new Ruler(places);
  }

  /** the measurement as the map draws it */
  readonly drawn: DrawnMeasurement | undefined = $derived.by(() => {
    const { vertices, reading, path } = this.ruler;
    const { part } = this.measuring;
    if (vertices.length === 0 || !reading || !part) return undefined;
    return {
      legs: reading.legs.map(({ line, onSphere }) => ({
        line,
        label: part.formatDistance(onSphere, this.units).distance,
      })),
      vertices: vertices.map(({ place }) => {
        const [lng, lat] = centerOf(place);
        return { lng, lat, uncertaintyMeters: 'area' in place ? 0 : place.uncertaintyMeters };
      }),
      isClosed: path.isClosed,
    };
  });

  /** the circles of the rings tool */
  readonly ringsAround: readonly Ring[] = $derived.by(() => {
    const { rings } = this;
    const place = rings && this.places.find(rings.target)?.place;
    if (!rings || !place) return [];
    const [lng, lat] = centerOf(place);
    const around = rings.meters.map((meters): Ring => {
      return { lng, lat, meters, label: formatChosen(meters, this.units), kind: 'ring' };
    });
    // Sightings have a disc of their own; the size of a point that was entered shows nowhere else.
    const { uncertaintyMeters = 0 } = typeof rings.target === 'string' ? {} : rings.target;
    if (uncertaintyMeters === 0) return around;
    return [...around, { lng, lat, meters: uncertaintyMeters, label: '', kind: 'band' }];
  });

  /** the circles of the reported distance that is drawn */
  readonly ringsOfReport: readonly Ring[] = $derived.by(() => {
    const { report } = this;
    const sighting = report && this.places.sighting(report.sighting);
    const { part } = this.measuring;
    if (!sighting || !part) return [];
    const check = part.checkReportedDistances(sighting, (id) => this.places.find(id))[report.index];
    const from = check && this.places.find(check.reported.to)?.place;
    const to = placeOfSighting(sighting);
    return from && to ? part.reportRings(check, from, to, this.units) : [];
  });

  /** what is to be in view of the reported distance: its circles, and the sighting; nothing when it has no place */
  get circlesOfReport(): readonly Circle[] {
    const { report, ringsOfReport } = this;
    const place = report && ringsOfReport.length > 0 && this.places.find(report.sighting)?.place;
    return place ? [...ringsOfReport.map(circleOfRing), ...this.#circlesOf(place)] : [];
  }

  get circlesOfRuler(): readonly Circle[] {
    return this.ruler.vertices.flatMap(({ place }) => this.#circlesOf(place));
  }

  /** what is to be in view of all that is measured */
  get circles(): readonly Circle[] {
    return [...this.circlesOfRuler, ...this.ringsAround.map(circleOfRing), ...this.circlesOfReport];
  }

  /** the circles that the tools draw */
  readonly drawnRings: readonly Ring[] = $derived([...this.ringsAround, ...this.ringsOfReport]);

  /**
   * Opens a tool; measuring can begin at once when that is the ruler.
   * @param isByKeyboard whether the keyboard goes along
   */
  open(tool: MeasuringTool, isByKeyboard = false): void {
    this.tool = tool;
    this.measuring.begin();
    this.isFocusWanted = isByKeyboard;
    this.ruler.isAdding = tool === 'ruler' && this.ruler.isEmpty;
    if (tool === 'ruler') void this.ruler.prepare();
  }

  /** Closes what is open; what was measured stays on the map. */
  close(): void {
    this.tool = undefined;
    this.ruler.isAdding = false;
  }

  /** Tells distances in other units from now on. Returns why that cannot be remembered, if it cannot. */
  chooseUnits(units: Units): string | undefined {
    this.units = units;
    return remember(UNITS_KEY, units);
  }

  /** Gets ready to show what an address measures, if it measures anything; what fails is said by the tools. */
  async prepare(): Promise<void> {
    if (!this.ruler.isEmpty || this.rings || this.report)
      await this.measuring.prepare().catch(() => undefined);
  }

  /** Takes over what an address says. */
  follow({ tool, measure, measured, rings, report, units }: Address): void {
    const path: Path | undefined = measure && {
      ...measure,
      vertices: measure.vertices.map((target) => this.places.fromShared(target)),
    };
    this.tool = tool;
    this.ruler.follow(path, measured);
    this.ruler.isAdding = tool === 'ruler' && path === undefined;
    this.rings = rings && { ...rings, target: this.places.fromShared(rings.target) };
    this.report = report;
    this.units = units ?? recallUnits();
    void this.prepare();
  }

  /** Names anew what the rings are around, after the reader's own points changed; a vertex keeps its name. */
  renewTargets(): void {
    const { rings } = this;
    if (rings) this.rings = { ...rings, target: this.places.renew(rings.target) };
  }

  /** What an address has to say of it. */
  get address(): Pick<Address, 'tool' | 'measure' | 'measured' | 'rings' | 'report' | 'units'> {
    const { tool, ruler, rings, report, units } = this;
    return {
      tool,
      measure: {
        ...ruler.settledPath,
        vertices: ruler.settledPath.vertices.map((target) => this.places.toShare(target)),
      },
      measured: ruler.name,
      rings: rings && { ...rings, target: this.places.toShare(rings.target) },
      report,
      units: units === 'metric' ? undefined : units,
    };
  }

  /** Lets go of what refers to nothing in the data, and names it. */
  dropUnknown(): string[] {
    const unknown = this.ruler.dropUnknown();
    const { rings } = this;
    if (rings && this.places.find(rings.target)?.place === undefined) {
      unknown.push(`rings=${typeof rings.target === 'string' ? rings.target : ''}`);
      this.rings = undefined;
    }
    const { report } = this;
    const reported = report && this.places.sighting(report.sighting)?.properties.reportedDistances;
    if (report && reported?.[report.index] === undefined) {
      unknown.push(`report=${reportParam.stringify(report)}`);
      this.report = undefined;
    }
    return unknown;
  }

  /** The circle that holds a place; none before it can be measured. */
  #circlesOf(place: Place): Circle[] {
    const { part } = this.measuring;
    const [lng, lat] = centerOf(place);
    return part ? [{ lng, lat, radiusMeters: part.radiusMeters(place) }] : [];
  }
}
