import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { htmlToText } from '../../src/io/html-text';
import { readGpx, readKml } from '../../src/io/markup';
import { geoContext, toBytes } from './fixtures';

const quiet = () => undefined;

describe('text of HTML', () => {
  test.each([
    [
      '<img src="https://x.example/a" height="200" /><br><br>Дата: 19.01.2023<br>Место: парк',
      'Дата: 19.01.2023\nМесто: парк',
    ],
    ['<p>One &amp; <b>two</b></p><p>3&nbsp;&lt; 4 &#39;&#x41;&#39;</p>', "One & two\n3 < 4 'A'"],
    ['<a href="https://x.example/?a=1&amp;b=2">Report</a>', 'Report (https://x.example/?a=1&b=2)'],
    ['<a href="https://x.example/">https://x.example/</a>', 'https://x.example/'],
    ['<style>p { color: red }</style>Seen<!-- note --> there<script>run()</script>', 'Seen there'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['<b>&unknown; &#x110000;</b>', '&unknown; &#x110000;'],
    ['<img src="https://x.example/a">', ''],
  ])('is without markup: %s', (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  test.each(['1 < 2 > 0', 'a <small crew> & more', 'A &amp; B', '<https://x.example/>', 'if a<b and c>d'])(
    'is left alone where it is none: %s',
    (text) => {
      expect(htmlToText(text)).toBe(text);
    },
  );

  test('takes no long time for what never ends', () => {
    const start = performance.now();
    for (const part of ['<a ', '<!--', '<script>', '<a href="', '&#', '<br'])
      htmlToText(`<br>${part.repeat(200_000)}`);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('a file of Google My Maps', () => {
  const picture = 'https://mymaps.usercontent.google.com/hostedimage/m/a';
  const placemark = `<Placemark><name>A</name>
    <description><![CDATA[<img src="${picture}" height="200" width="auto" /><br><br>Дата: 19.01.2023<br>Seen]]></description>
    <ExtendedData><Data name="gx_media_links"><value><![CDATA[${picture}]]></value></Data></ExtendedData>
    <Point><coordinates>37.6,55.7,0</coordinates></Point></Placemark>`;
  const data = readKml(
    toBytes(`<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${placemark}</Document></kml>`),
    quiet,
  );
  const mapping = suggestMapping(data);

  test('has no source at the addresses of its pictures', () => {
    expect(data.columns).toContain('gx_media_links');
    expect(mapping.source.url).toEqual({ from: 'nothing' });
  });

  test('has claims without markup', () => {
    expect(mapping.source.claim).toEqual({ from: 'column', column: 'description' });
    const { incomplete } = applyMapping(data, mapping, geoContext(), new Set());
    const [draft] = incomplete;
    expect(draft?.feature).toMatchObject({ properties: { sources: [{ claim: 'Дата: 19.01.2023\nSeen' }] } });
  });
});

test('the description of a waypoint is what its source says', () => {
  const data = readGpx(
    toBytes(
      '<gpx xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="55.7" lon="37.6"><name>A</name><desc>Seen</desc></wpt></gpx>',
    ),
    quiet,
  );
  expect(suggestMapping(data).source.claim).toEqual({ from: 'column', column: 'desc' });
});
