import { wordsOf } from './column-names';

/** Words for the values of vocabularies in the languages of column names, as {@link wordsOf} has them. */
type ValueWords = Readonly<Record<string, readonly string[]>>;

export const LIKELY_WORDS: ValueWords = {
  likely: [
    ...['probably', 'presumably', 'вероятно', 'предположительно', 'ймовірно', 'імовірно', 'wahrscheinlich'],
    ...['vermutlich', 'probablement', 'probable', 'probablemente', 'prawdopodobnie'],
  ],
};

/** Adjectives go with a word for confidence or with one for a degree, which differ in gender. */
export const CONFIDENCE_WORDS: ValueWords = {
  high: [
    ...['высокая', 'высокий', 'высокое', 'высокая степень', 'висока', 'високий', 'високе', 'hoch', 'hohe'],
    ...['haute', 'haut', 'eleve', 'elevee', 'forte', 'fort', 'alta', 'alto', 'elevada', 'wysoka', 'wysoki'],
  ],
  moderate: [
    ...['medium', 'middle', 'средняя', 'средний', 'среднее', 'умеренная', 'умеренный', 'середня', 'середній'],
    ...['середнє', 'помірна', 'помірний', 'mittel', 'mittlere', 'maßig', 'moyenne', 'moyen', 'moderee'],
    ...['modere', 'media', 'medio', 'mediana', 'moderada', 'moderado', 'srednia', 'sredni', 'umiarkowana'],
  ],
  low: [
    ...['низкая', 'низкий', 'низкое', 'низкая степень', 'низька', 'низький', 'низьке', 'niedrig', 'niedrige'],
    ...['gering', 'geringe', 'faible', 'basse', 'bas', 'baja', 'bajo', 'niska', 'niski'],
  ],
};

export const STATUS_WORDS: ValueWords = {
  reported: [
    ...['сообщено', 'сообщается', 'повідомлено', 'повідомляється', 'gemeldet', 'berichtet', 'signale'],
    ...['rapporte', 'reportado', 'informado', 'zgloszone'],
  ],
  disputed: [
    ...['contested', 'оспорено', 'оспаривается', 'оспорюється', 'umstritten', 'bestritten', 'conteste'],
    ...['disputado', 'en disputa', 'cuestionado', 'kwestionowane', 'sporne'],
  ],
  retracted: [
    ...['withdrawn', 'отозвано', 'отозван', 'відкликано', 'відкликаний', 'zuruckgezogen', 'widerrufen'],
    ...['retracte', 'retire', 'retractado', 'retirado', 'wycofane', 'odwolane'],
  ],
};

export const STANCE_WORDS: ValueWords = {
  supports: [
    ...['support', 'confirms', 'поддерживает', 'подтверждает', 'підтримує', 'підтверджує', 'stutzt'],
    ...['bestatigt', 'soutient', 'confirme', 'appuie', 'apoya', 'confirma', 'potwierdza'],
  ],
  disputes: [
    ...[
      'dispute',
      'denies',
      'contradicts',
      'оспаривает',
      'опровергает',
      'отрицает',
      'оскаржує',
      'спростовує',
    ],
    ...['заперечує', 'bestreitet', 'widerspricht', 'dementiert', 'conteste', 'dement', 'contredit', 'niega'],
    ...['desmiente', 'disputa', 'zaprzecza', 'kwestionuje'],
  ],
};

export const SOURCE_TYPE_WORDS: ValueWords = {
  'news-report': [
    ...['news', 'news article', 'newspaper article', 'новость', 'новости', 'новостная статья', 'новина'],
    ...['новини', 'nachricht', 'nachrichten', 'zeitungsartikel', 'pressebericht', 'article de presse'],
    ...['noticia', 'noticias', 'articulo de prensa', 'artykul prasowy'],
  ],
  'microblog-post': [
    ...[
      'tweet',
      'social media',
      'твит',
      'твіт',
      'соцсети',
      'социальные сети',
      'соцмережі',
      'соціальні мережі',
    ],
    ...['soziale medien', 'soziale netzwerke', 'reseaux sociaux', 'redes sociales', 'tuit'],
  ],
  'blog-post': ['blog', 'блог', 'запись в блоге', 'blogbeitrag', 'article de blog', 'entrada de blog'],
  'electronic-forum': ['форум', 'foro'],
  unknown: ['неизвестно', 'невідомо', 'unbekannt', 'inconnu', 'desconocido', 'nieznane'],
  other: ['другое', 'прочее', 'інше', 'sonstiges', 'anderes', 'autre', 'otro', 'otra', 'inne'],
};

/** The value that a text says in words of {@link ValueWords}; `undefined` when in none of them. */
export function valueInWords(words: ValueWords, text: string): string | undefined {
  const said = wordsOf(text);
  return Object.entries(words).find(([, names]) => names.includes(said))?.[0];
}
