import { fold } from '../knowledge/analysis/fold.ts';

/** Colours as people say them in our languages, by their English name. */
const SPOKEN: Readonly<Record<string, string>> = {
  black:
    'black schwarz schwarze schwarzer schwarzes schwarzen negro negra negru neagra черный черного черная черном черные svart svarta مشکی سیاه 검정 검은색 블랙 검정색 graphite midnight onyx obsidian',
  white:
    'white weiss weisse weisser weisses weissen blanco blanca alb alba белый белого белая белом vit vita vitt سفید 흰색 하얀 화이트 starlight',
  blue: 'blue blau blaue blauer blaues blauen azul albastru albastra синий синего синяя голубой синем bla blaa blatt آبی ابی 파란 파란색 블루 navy marino marin bleumarin marineblau dunkelblau marinblatt marinbla 네이비 네이비색 سرمه',
  red: 'red rot rote roter rotes roten rojo roja rosu rosie красный красного красная красном rod roda rott قرمز 빨간 빨강 빨간색 레드',
  green:
    'green grun grune gruner grunes grunen verde зеленый зеленого зеленая зеленом gron grona gront سبز 초록 초록색 녹색 그린 mint',
  yellow:
    'yellow gelb gelbe gelber gelbes amarillo amarilla galben galbena желтый желтого желтая gul gula gult زرد 노란 노랑 노란색 옐로',
  purple:
    'purple violet lila violett morado morada violeta mov фиолетовый фиолетового фиолетовая сиреневый lavender lavendel بنفش 보라 보라색 퍼플',
  pink: 'pink rosa rosado rosada rosanes roz розовый розового розовая розовом صورتی 핑크 핑크색 분홍 분홍색',
  grey: 'grey gray grau graue grauer graues gris gri серый серого серая gra gratt خاکستری طوسی 회색 그레이',
  silver:
    'silver silber silberne plateado plateada plata argintiu серебристый серебряный серебро silvrig نقره 실버 은색',
  gold: 'gold golden dorado dorada oro auriu золотой золотого золотистый guld طلایی 골드 금색',
  orange: 'orange naranja portocaliu оранжевый نارنجی 오렌지 주황',
  brown: 'brown braun braune braunes brauner marron maro коричневый коричневого коричневая brun bruna قهوه 갈색 브라운',
  beige: 'beige cream ivory creme crema бежевый бежевого бежевая кремовый bej crem کرم بژ 베이지 크림',
  turquoise: 'turquoise turkis turquesa turcoaz бирюзовый бирюзового бирюзовая فیروزه 청록색',
  titanium: 'titanium titan titanio титан титановый تیتانیوم 티타늄',
};

const BY_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(SPOKEN).flatMap(([colour, words]) => words.split(' ').map((word) => [fold(word), colour] as const)),
);

/** The English name of a colour said in any of our languages (a folded word); null when the word is no colour. */
export function colourOf(word: string): string | null {
  return BY_WORD.get(word) ?? null;
}
