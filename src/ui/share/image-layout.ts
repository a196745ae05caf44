/** Texts of an exported image. */
export interface ImageTexts {
  title: string;
  /** under the title, one paragraph each */
  notes: readonly string[];
  /** labels of the legend, one list a row */
  legend: readonly (readonly string[])[];
  /** at the bottom, one paragraph each */
  footer: readonly string[];
}

/** A line of text at its left end on its baseline. */
export interface PlacedText {
  text: string;
  x: number;
  y: number;
  style: TextStyle;
}

/** Where everything in an exported image is, in CSS pixels of the map. */
export interface ImageLayout {
  width: number;
  height: number;
  /** top of the map, which is as wide as the image */
  mapTop: number;
  texts: PlacedText[];
  /** left top corners of the legend's symbols: `row` and `index` in its lists */
  symbols: { row: number; index: number; x: number; y: number }[];
}

/** The kinds of text, by their CSS fonts and line heights. */
export const TEXT_STYLE = {
  title: { font: "650 24px 'Source Serif 4 Variable'", lineHeight: 29 },
  note: { font: "400 14px 'Noto Sans'", lineHeight: 20 },
  legend: { font: "400 13px 'Noto Sans'", lineHeight: 26 },
  footer: { font: "400 11px 'Noto Sans'", lineHeight: 16 },
} as const;
export type TextStyle = keyof typeof TEXT_STYLE;

/** Side of a legend's symbol. */
export const SYMBOL_PIXELS = 20;

const PADDING = 20;
const BLOCK_GAP = 14;
const LABEL_GAP = 6;
const ENTRY_GAP = 20;

/** Breaks a paragraph into lines; a word that is wider than the line is broken too. */
export function wrapText(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && measure(line + character) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/**
 * Lays out an image: title and notes, the map, the legend, the footer.
 * @param measure width of a text in CSS pixels
 */
export function layOutImage(
  { title, notes, legend, footer }: ImageTexts,
  map: { width: number; height: number },
  measure: (text: string, style: TextStyle) => number,
): ImageLayout {
  const room = map.width - 2 * PADDING;
  const texts: PlacedText[] = [];
  const symbols: ImageLayout['symbols'] = [];
  let top = PADDING - 4;

  /** Baseline of a line whose box starts at `top`: text sits about a third of its line above the bottom. */
  const baseline = (style: TextStyle) => top + TEXT_STYLE[style].lineHeight * 0.72;
  const write = (paragraph: string, style: TextStyle) => {
    for (const text of wrapText(paragraph, room, (part) => measure(part, style))) {
      texts.push({ text, x: PADDING, y: baseline(style), style });
      top += TEXT_STYLE[style].lineHeight;
    }
  };

  write(title, 'title');
  top += 3;
  for (const note of notes) write(note, 'note');
  const mapTop = Math.ceil(top + BLOCK_GAP - 2);
  top = mapTop + map.height + BLOCK_GAP - 4;

  const { lineHeight } = TEXT_STYLE.legend;
  for (const [row, labels] of legend.entries()) {
    let x = PADDING;
    for (const [index, label] of labels.entries()) {
      const [first = '', ...more] = wrapText(label, room - SYMBOL_PIXELS - LABEL_GAP, (part) =>
        measure(part, 'legend'),
      );
      const entryWidth = SYMBOL_PIXELS + LABEL_GAP + measure(first, 'legend');
      if (x > PADDING && (x + entryWidth > map.width - PADDING || more.length > 0)) {
        x = PADDING;
        top += lineHeight;
      }
      symbols.push({ row, index, x, y: top + (lineHeight - SYMBOL_PIXELS) / 2 });
      for (const [line, text] of [first, ...more].entries()) {
        if (line > 0) top += 18;
        texts.push({ text, x: x + SYMBOL_PIXELS + LABEL_GAP, y: baseline('legend') - 1, style: 'legend' });
      }
      x += entryWidth + ENTRY_GAP;
    }
    top += lineHeight;
  }

  top += 6;
  for (const paragraph of footer) write(paragraph, 'footer');
  return { width: map.width, height: Math.ceil(top + PADDING - 6), mapTop, texts, symbols };
}
