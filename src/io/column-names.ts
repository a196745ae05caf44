import type { SourceField } from '../domain/sighting';
import type { SightingField } from './mapping';

/**
 * Common names of columns in English, Russian, Ukrainian, German, French, Spanish and Polish, as {@link wordsOf} has
 * them; those of a field that come first are preferred.
 */
export const SIGHTING_NAMES: Readonly<Record<SightingField, readonly string[]>> = {
  id: [
    ...['id', 'identifier', 'key', 'код', 'идентификатор', 'ідентифікатор', 'kennung', 'identifiant'],
    ...['identificador', 'codigo', 'clave', 'kennzeichen'],
  ],
  title: [
    ...['title', 'name', 'headline', 'label', 'название', 'наименование', 'заголовок', 'имя', 'назва'],
    ...['titel', 'bezeichnung', 'uberschrift', 'titre', 'intitule', 'nom', 'tytul', 'nazwa', 'titulo'],
    ...['nombre', 'название события', 'назва події'],
  ],
  system: [
    ...['system', 'weapon', 'weapon system', 'система', 'комплекс', 'тип системы', 'тип системи'],
    ...['waffensystem', 'systeme', 'systeme d arme', 'system uzbrojenia', 'оружие', 'вооружение'],
    ...['тип вооружения', 'система пво', 'зрк', 'зброя', 'озброєння', 'тип озброєння', 'система ппо'],
    ...['waffe', 'systemtyp', 'flugabwehrsystem', 'arme', 'systeme d armes', 'type de systeme', 'sistema'],
    ...['arma', 'sistema de armas', 'tipo de sistema', 'system type', 'weapon type', 'air defence system'],
    'air defense system',
  ],
  systemQualifier: [
    ...['system qualifier', 'system certainty', 'уточнение системы', 'уточнення системи'],
    ...['zusatz zum system', 'precision du systeme', 'certeza del sistema'],
  ],
  quantity: [
    ...['quantity', 'count', 'amount', 'number of systems', 'количество', 'кол во', 'число', 'кількість'],
    ...['anzahl', 'nombre', 'quantite', 'liczba', 'ilosc', 'qty', 'количество систем'],
    ...['количество установок', 'сколько', 'кількість систем', 'скільки', 'menge', 'stuckzahl'],
    ...['nombre de systemes', 'cantidad', 'numero de sistemas'],
  ],
  eventDate: [
    ...['event date', 'date', 'observed', 'sighted', 'when', 'дата события', 'дата', 'когда', 'дата події'],
    ...['коли', 'ereignisdatum', 'datum', 'wann', 'date de l evenement', 'quand', 'data zdarzenia', 'data'],
    ...['kiedy', 'date time', 'datetime', 'time', 'timestamp', 'event day', 'date of event'],
    ...['date of sighting', 'sighting date', 'observation date', 'date observed', 'day', 'дата наблюдения'],
    ...['дата происшествия', 'дата и время', 'день', 'дата спостереження', 'дата і час'],
    ...['beobachtungsdatum', 'datum des ereignisses', 'zeitpunkt', 'tag', 'date d observation'],
    ...['date de l observation', 'date et heure', 'jour', 'fecha', 'fecha del evento'],
    ...['fecha de observacion', 'fecha y hora', 'cuando', 'dia'],
  ],
  verbatimLocality: [
    ...['verbatim locality', 'locality', 'place', 'location', 'place name', 'address', 'city', 'where'],
    ...['место', 'местность', 'населенный пункт', 'адрес', 'город', 'где', 'місце', 'населений пункт'],
    ...['місто', 'адреса', 'де', 'ort', 'ortschaft', 'ortsname', 'standort', 'stadt', 'lieu', 'localite'],
    ...['endroit', 'ville', 'commune', 'adresse', 'miejsce', 'miejscowosc', 'lokalizacja', 'miasto'],
    ...['adres', 'местоположение', 'расположение', 'локация', 'место наблюдения', 'город или село'],
    ...['розташування', 'місцезнаходження', 'місцевість', 'локація', 'fundort', 'lage', 'ortsangabe'],
    ...['emplacement', 'localisation', 'lugar', 'ubicacion', 'localidad', 'ciudad', 'municipio'],
    ...['direccion', 'sitio', 'donde'],
  ],
  coordinateUncertaintyInMeters: [
    ...['coordinate uncertainty in meters', 'coordinate uncertainty', 'uncertainty', 'uncertainty m'],
    ...['accuracy', 'accuracy m', 'radius', 'radius m', 'погрешность', 'точность', 'радиус', 'похибка'],
    ...['точність', 'радіус', 'unsicherheit', 'genauigkeit', 'incertitude', 'precision', 'rayon'],
    ...['niepewnosc', 'dokladnosc', 'promien', 'uncertainty radius', 'error radius', 'неопределенность'],
    ...['радиус неопределенности', 'погрешность координат', 'точность координат', 'невизначеність'],
    ...['радіус невизначеності', 'похибка координат', 'точність координат', 'ungenauigkeit', 'unscharfe'],
    ...['unsicherheitsradius', 'rayon d incertitude', 'incertidumbre', 'radio', 'radio de incertidumbre'],
    'exactitud',
  ],
  georeferenceRemarks: [
    ...['georeference remarks', 'geolocation', 'привязка', 'georeference', 'geolocation notes'],
    ...['геопривязка', 'способ привязки', 'геолокация', 'как определено место', 'прив язка'],
    ...['геоприв язка', 'геолокація', 'verortung', 'georeferenzierung', 'geolokalisierung'],
    ...['geolocalisation', 'georeferencement', 'georreferencia', 'georreferenciacion', 'geolocalizacion'],
  ],
  confidence: [
    ...['confidence', 'уверенность', 'достоверность', 'впевненість', 'достовірність', 'konfidenz'],
    ...['sicherheit', 'confiance', 'pewnosc', 'wiarygodnosc', 'confidence level', 'certainty'],
    ...['степень уверенности', 'уровень уверенности', 'степень достоверности', 'уровень достоверности'],
    ...['рівень впевненості', 'рівень достовірності', 'konfidenzniveau', 'vertrauen', 'gewissheit'],
    ...['niveau de confiance', 'certitude', 'confianza', 'nivel de confianza', 'certeza'],
  ],
  confidenceBasis: [
    ...['confidence basis', 'basis', 'обоснование', 'обґрунтування', 'begrundung', 'justification'],
    ...['uzasadnienie', 'confidence reason', 'rationale', 'reason', 'основание', 'почему'],
    ...['обоснование уверенности', 'підстава', 'чому', 'обґрунтування впевненості', 'grundlage', 'grund'],
    ...['warum', 'motif', 'raison', 'fondement', 'pourquoi', 'justificacion', 'fundamento', 'motivo'],
    ...['razon', 'por que'],
  ],
  status: [
    ...['status', 'статус', 'statut', 'stan', 'состояние', 'статус сообщения', 'стан'],
    ...['статус повідомлення', 'zustand', 'etat', 'estado'],
  ],
};

export const SOURCE_NAMES: Readonly<Record<SourceField, readonly string[]>> = {
  publisher: [
    ...['publisher', 'outlet', 'издание', 'сми', 'видання', 'змі', 'herausgeber', 'editeur', 'wydawca'],
    ...['source', 'media', 'источник', 'джерело', 'quelle', 'medium', 'zrodlo', 'source name'],
    ...['outlet name', 'news outlet', 'newspaper', 'published by', 'издатель', 'название издания'],
    ...['название источника', 'видавець', 'назва джерела', 'назва видання', 'verlag', 'zeitung'],
    ...['name der quelle', 'quellenname', 'journal', 'nom de la source', 'fuente', 'medio', 'periodico'],
    ...['editor', 'nombre de la fuente'],
  ],
  title: [
    ...['source title', 'article', 'article title', 'заголовок статьи', 'статья', 'стаття', 'artikel'],
    ...['artykul', 'title of the article', 'название статьи', 'заголовок публикации', 'назва статті'],
    ...['заголовок статті', 'artikeltitel', 'titel des artikels', 'titre de l article'],
    ...['titulo del articulo', 'articulo', 'titular'],
  ],
  url: [
    ...['url', 'link', 'source url', 'href', 'web', 'website', 'ссылка', 'адрес страницы', 'посилання'],
    ...['webseite', 'lien', 'odnosnik', 'adres strony', 'source link', 'hyperlink', 'website address'],
    ...['ссылка на источник', 'линк', 'гиперссылка', 'сайт', 'посилання на джерело', 'лінк'],
    ...['internetadresse', 'quellenlink', 'verknupfung', 'lien source', 'lien vers la source', 'site web'],
    ...['adresse web', 'enlace', 'enlace a la fuente', 'hipervinculo', 'vinculo', 'sitio web'],
    'pagina web',
  ],
  publishedDate: [
    ...['published date', 'published', 'publication date', 'date published', 'дата публикации'],
    ...['дата публікації', 'veroffentlichungsdatum', 'veroffentlicht', 'date de publication', 'publie le'],
    ...['data publikacji', 'opublikowano', 'published on', 'pub date', 'article date'],
    ...['date of publication', 'опубликовано', 'дата выхода', 'дата статьи', 'опубліковано', 'дата виходу'],
    ...['дата статті', 'erschienen', 'erscheinungsdatum', 'datum der veroffentlichung', 'date de parution'],
    ...['publie', 'fecha de publicacion', 'publicado', 'publicado el'],
  ],
  retrievedDate: [
    ...['retrieved date', 'retrieved', 'accessed', 'дата обращения', 'дата звернення', 'abrufdatum'],
    ...['abgerufen', 'date de consultation', 'data dostepu', 'retrieved on', 'accessed on', 'access date'],
    ...['date accessed', 'retrieval date', 'дата доступа', 'дата просмотра', 'дата доступу'],
    ...['дата перегляду', 'zugriffsdatum', 'abgerufen am', 'zugriff am', 'date d acces', 'consulte le'],
    ...['fecha de consulta', 'fecha de acceso', 'consultado', 'consultado el'],
  ],
  archivedUrl: [
    ...['archived url', 'archive url', 'archive', 'архив', 'архивная ссылка', 'архів', 'archiv'],
    ...['archiwum', 'archived link', 'archive link', 'archived copy', 'wayback', 'архивная копия'],
    ...['ссылка на архив', 'архівна копія', 'архівне посилання', 'посилання на архів', 'archivlink'],
    ...['archivierte url', 'lien archive', 'lien d archive', 'copie archivee', 'enlace archivado'],
    ...['copia archivada', 'enlace de archivo', 'url archivada'],
  ],
  origin: [
    ...['origin', 'original source', 'первоисточник', 'першоджерело', 'ursprung', 'primarquelle'],
    ...['origine', 'pochodzenie', 'primary source', 'original outlet', 'origin of the information'],
    ...['источник информации', 'исходный источник', 'происхождение', 'джерело інформації', 'походження'],
    ...['herkunft', 'originalquelle', 'ursprungliche quelle', 'source originale', 'source d origine'],
    ...['source primaire', 'provenance', 'origen', 'fuente original', 'fuente primaria', 'procedencia'],
  ],
  type: [
    ...['source type', 'тип источника', 'тип джерела', 'quellentyp', 'type de source', 'typ zrodla'],
    ...['type of source', 'вид источника', 'вид джерела', 'art der quelle', 'quellenart'],
    ...['nature de la source', 'tipo de fuente'],
  ],
  reliability: [
    ...['reliability', 'source reliability', 'надежность', 'надійність', 'reliability of the source'],
    ...['надежность источника', 'надійність джерела', 'zuverlassigkeit', 'zuverlassigkeit der quelle'],
    ...['fiabilite', 'fiabilite de la source', 'fiabilidad', 'fiabilidad de la fuente'],
    'wiarygodnosc zrodla',
  ],
  credibility: [
    ...['credibility', 'вероятность', 'імовірність', 'information credibility'],
    ...['credibility of the information', 'достоверность информации', 'правдоподобность'],
    ...['достовірність інформації', 'правдоподібність', 'glaubwurdigkeit'],
    ...['glaubwurdigkeit der information', 'credibilite', 'credibilite de l information', 'credibilidad'],
    ...['credibilidad de la informacion', 'wiarygodnosc informacji'],
  ],
  stance: [
    ...['stance', 'позиция', 'позиція', 'position of the source', 'позиция источника', 'позиція джерела'],
    ...['haltung', 'haltung der quelle', 'position de la source', 'postura', 'postura de la fuente'],
    'stanowisko',
  ],
  claim: [
    ...['claim', 'summary', 'description', 'desc', 'описание', 'суть', 'содержание', 'опис', 'зміст'],
    ...['beschreibung', 'zusammenfassung', 'resume', 'opis', 'tresc', 'streszczenie', 'source claim'],
    ...['statement', 'утверждение', 'утверждение источника', 'заявление', 'сообщение', 'что сообщается'],
    ...['твердження', 'твердження джерела', 'заява', 'повідомлення', 'behauptung', 'aussage', 'angabe'],
    ...['inhalt', 'affirmation', 'allegation', 'declaration', 'contenu', 'afirmacion', 'declaracion'],
    ...['descripcion', 'resumen', 'contenido', 'twierdzenie'],
  ],
};

/** Columns of addresses of pictures, such as Google My Maps writes, which are never those of a source. */
export const PICTURE_NAMES: ReadonlySet<string> = new Set(['gx media links', 'media links']);

export const LAT_NAMES: readonly string[] = [
  ...['lat', 'latitude', 'широта', 'шир', 'географическая широта', 'географична широта', 'breite'],
  ...['breitengrad', 'geographische breite', 'szerokosc', 'szerokosc geograficzna', 'szer', 'y', 'latitud'],
];
export const LNG_NAMES: readonly string[] = [
  ...['lng', 'lon', 'long', 'longitude', 'долгота', 'долг', 'географическая долгота', 'довгота', 'довг'],
  ...['географична довгота', 'lange', 'laenge', 'langengrad', 'geographische lange', 'dlugosc'],
  ...['dlugosc geograficzna', 'dl', 'x', 'longitud'],
];
export const PLACE_NAMES: readonly string[] = [
  ...['geometry', 'wkt', 'geom', 'the geom', 'geojson', 'coordinates', 'coords', 'coordinate', 'lat lng'],
  ...['lat lon', 'latlng', 'latlon', 'position', 'location', 'gps', 'mgrs', 'координаты', 'геометрия'],
  ...['координати', 'koordinaten', 'coordonnees', 'wspolrzedne', 'geokoordinaten', 'coordenadas'],
  'posicion',
];

/** Names of latitudes and longitudes that are those of other lengths and numbers, too. */
const ANY_LENGTHS = new Set(['x', 'y', 'breite', 'lange', 'laenge', 'szerokosc', 'szer', 'dlugosc', 'dl']);

/** Whether a name of latitudes or longitudes, beside one of the other, can be of nothing else. */
export function isSureAngle(name: string): boolean {
  return !ANY_LENGTHS.has(name);
}

/** Whether a name of dates can be of nothing else, as “time”, “day”, “published” or the Polish “data” can. */
export function isSureDate(name: string): boolean {
  return /datum|(?:^| )(?:date|datetime|дата|fecha)(?: |$)|^data ./.test(name);
}

/** What is said of a measure besides what it is of: `Latitude (deg)`, `GPS_Lat`, `lat_wgs84`, `Радиус, м`. */
const MANNERS = new Set([
  ...['m', 'meter', 'meters', 'metre', 'metres', 'metern', 'metros', 'metry', 'metrow', 'metrach'],
  ...['м', 'метры', 'метров', 'метрах', 'метри', 'метрів', 'in', 'en', 'w', 'в', 'у'],
  ...['градусы', 'градусов', 'градусах', 'градуси', 'градусів', 'град', 'grados', 'degres', 'stopnie'],
  'deg',
  'degree',
  'degrees',
  'decimal',
  'dd',
  'gps',
  'wgs',
  'wgs84',
  '84',
  'geo',
  'grad',
]);

/** Whatever is longer is no common name, and there can be many of them. */
const LONGEST_NAME = 1000;

/** A column's name as lower-case words without accents: `eventDate`, `Event date` and `event_date` are the same. */
export function wordsOf(name: string): string {
  if (name.length > LONGEST_NAME) return name;
  return name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replaceAll('ё', 'е')
    .replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words of a name without those that say how degrees or metres are written. */
export function plainWordsOf(name: string): string {
  return wordsOf(name)
    .split(' ')
    .filter((word) => !MANNERS.has(word))
    .join(' ');
}

const KNOWN = new Set(
  [...Object.values(SIGHTING_NAMES), ...Object.values(SOURCE_NAMES), LAT_NAMES, LNG_NAMES, PLACE_NAMES]
    .flat()
    .map(wordsOf),
);
const CONTRACT = new Set([...Object.keys(SIGHTING_NAMES), ...Object.keys(SOURCE_NAMES)].map(wordsOf));

/** Whether a text is a common name of a column. */
export function isColumnName(text: string): boolean {
  return [wordsOf(text), plainWordsOf(text)].some((words) => KNOWN.has(words) || CONTRACT.has(words));
}
