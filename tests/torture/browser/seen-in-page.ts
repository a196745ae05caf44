import type { Page } from '@playwright/test';
import type { ShownTexts } from './shown-in-page';

/**
 * How the texts of elements are to agree with those that are expected: one is the other, in any order; each is one of
 * them; each of them is one; each of them is a part of one; each line that begins with a dash is one of them.
 */
export type Agreement = 'same' | 'among' | 'all' | 'within' | 'dashed lines';

interface Asked {
  /** address of the texts that are expected: what is sent to the page directly loses half a surrogate pair */
  expected: string;
  selector: string;
  agreement: Agreement;
}

/** Compares the texts of elements, or the values of fields. Runs in the page, and is self-contained. */
async function compareSeen({ expected, selector, agreement }: Asked): Promise<ShownTexts> {
  const wanted = (await (await fetch(expected)).json()) as string[];
  const seen = [...document.querySelectorAll(selector)].map((element) =>
    element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
      ? element.value
      : (element.textContent ?? ''),
  );
  const differing: string[] = [];
  const note = (what: string, text: string) => differing.push(`${selector} ${what}: ${text.slice(0, 300)}`);
  const known = new Set(wanted);
  const shown = new Set(seen);
  const lines = seen.flatMap((text) => text.split('\n').filter((line) => line.startsWith('- ')));
  switch (agreement) {
    case 'same': {
      const rest = [...seen];
      for (const text of wanted) {
        const at = rest.indexOf(text);
        if (at < 0) note('does not show', text);
        else rest.splice(at, 1);
      }
      for (const text of rest) note('shows', text);
      break;
    }
    case 'among':
      if (seen.length === 0) note('shows nothing', '');
      for (const text of seen) if (!known.has(text)) note('shows', text);
      break;
    case 'all':
      for (const text of wanted) if (!shown.has(text)) note('does not show', text);
      break;
    case 'within':
      for (const text of wanted) if (!seen.some((one) => one.includes(text))) note('does not have', text);
      break;
    case 'dashed lines':
      if (lines.length === 0) note('has no line', '');
      for (const line of lines)
        if (!known.has(line) && !line.startsWith('- and the sources of ')) note('has the line', line);
  }
  const compared = agreement === 'among' ? seen.length : wanted.length;
  return { compared: agreement === 'dashed lines' ? lines.length : compared, differing };
}

const EXPECTED = 'expected-texts.json';

/** Compares what elements of a page show with texts. */
export async function compareTexts(
  page: Page,
  selector: string,
  agreement: Agreement,
  texts: readonly string[],
): Promise<ShownTexts> {
  // JSON writes half a surrogate pair by its number.
  await page.route(`**/${EXPECTED}`, (route) => route.fulfill({ json: texts }), { times: 1 });
  return await page.evaluate(compareSeen, { expected: EXPECTED, selector, agreement });
}
