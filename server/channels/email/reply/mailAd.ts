/**
 * The line that a mail program or a telephone adds below what was written: `Sent from my iPhone`, `Get Outlook for iOS`,
 * in any known language. It is short, stands alone, and says nothing else.
 */
export function isMailAd(line: string): boolean {
  if (line.length > longestAd) return false;
  const text = line
    .replace(/[\u200b-\u200f\u202a-\u202e\ufeff]/g, '')
    .replace(/\s*[<([]\s*(https?|mailto):[^\s>)\]]*\s*[>)\]]/g, '')
    .replace(/\s*https?:\/\/\S+$/, '')
    .replace(/^[*_\s-]+|[*_\s]+$/g, '')
    .trim();
  return text.length > 4 && text.length < 110 && patterns.some((pattern) => pattern.test(text));
}

/** With the address of a shop of apps in it. */
const longestAd = 500;

/** At most six words that name a device or program, no comma: `my Verizon Wireless BlackBerry`. */
const thing = "[\\p{L}\\p{N}.'’®™+/&-]+(\\s[\\p{L}\\p{N}.'’®™+/&()-]+){0,6}\\.?";
/** A device or program by its name, for the languages in which the sentence alone could be the writer's. */
const product =
  '(iphone|ipad|ipod|mac|imac|android|samsung|galaxy|huawei|xiaomi|redmi|honor|oppo|vivo|oneplus|pixel|nokia|sony|xperia|htc|lg|motorola|moto|blackberry|windows|outlook|yahoo|gmail|mail\\.?ru|proton ?mail|proton|tutanota|spark|thunderbird|k-9|yandex|яндекс|qq|nine|bluemail|smartphone|mobile|handy|telefon|téléphone|teléfono|телефон|телефону|смартфон|мобильн\\p{L}*|手机|手機|携帯|スマートフォン|آیفون|گوشی|الهاتف|هاتفي|아이폰|갤럭시)';

const patterns = [
  `^(sent|posted|written) (from|via|with|using|by|on) (my |the |a )?${thing}$`,
  `^sent (from|via|with) (my |the |a )?[^,;:!?]{2,40}[,.;–-]? ?(please )?(excuse|pardon|forgive|ignore|apologies)\\b.{0,70}$`,
  `^(get|download) (outlook|yahoo mail|gmx|proton ?mail|the mail|bluemail|spark|aqua mail) (app )?(for|on) ${thing}$`,
  `^sent (from|with|via) [^,;:!?]{0,60}${product}[^,;:!?]{0,30}$`,
  `^sent (from|with|via) [^;:!?]{0,50}(, )[^;:!?]{0,50}(phone|tablet|device|handset)\\.?$`,
  `^(sent from )?yahoo mail ?[:–-] ?\\p{L}+, .{5,60}$|^secured (with|by) ${thing}$`,
  `^(von meinem|von meiner|gesendet (von|mit|über|aus|via)|gesendet von mobile|diese nachricht wurde von) .{0,70}${product}.{0,40}$`,
  `^(outlook|gmx|web\\.de).{0,30}(beziehen|herunterladen|abrufen)\\.?$|^holen sie sich outlook.{0,30}$|^laden sie outlook.{0,30}$`,
  `^(envoyé|expédié|transmis) (de|depuis|à partir|avec|via|par) .{0,70}$`,
  `^(télécharger|obtenir|obtenez|téléchargez) outlook.{0,30}$`,
  `^(enviado|mandado) (desde|con|mediante|por|vía|via|do|da|de|pelo|pela|a partir|através|usando|com o|com) .{0,70}$`,
  `^(obtener|obtén|descargar|descarga|obter|obtenha|baixe|baixar) (o )?outlook.{0,30}$`,
  `^inviato (da|dal|dalla|dall[’'"]|tramite|con) .{0,60}$|^(scarica|ottieni|scaricare) outlook.{0,30}$`,
  `^(verstuurd|verzonden) (vanaf|vanuit|met|via|van) .{0,60}$|^(download|ontvang|haal) outlook voor .{0,20}$|^outlook voor .{0,20}(downloaden|ophalen)$`,
  `^skickat från .{0,60}$|^(hämta|skaffa|ladda (ner|ned)) outlook .{0,20}$|^skickades från .{0,60}$`,
  `^sendt (fra|med|via) .{0,60}$|^(hent|få|skaff deg|last ned) outlook .{0,20}$`,
  `^lähetetty .{0,50}${product}.{0,20}$|^(hanki|lataa) outlook .{0,30}$`,
  `^wysłan[eoy] (z|przez|za pomocą|ze) .{0,60}$|^(pobierz|uzyskaj) .{0,20}outlook.{0,30}$`,
  `^(odesláno|odeslané|posláno|odoslané) (z|ze|pomocí|přes) .{0,60}$|^(získat|stáhnout|získejte) outlook.{0,30}$`,
  `^trimis (de pe|de|din|cu|prin) .{0,60}$|^(obțineți|descărcați|obţineţi) outlook.{0,30}$`,
  `^(elküldve|küldve) .{0,60}$|^(az|a) outlook .{0,20}(beszerzése|letöltése)$`,
  `^στάλθηκε από .{0,60}$`,
  `^(отправлено|послано|надіслано|відправлено|написано|изпратено) (с|из|від|з|із|через|от|в|с помощью|за допомогою) .{0,60}$`,
  `^(получить|скачать|скачайте|отримати|завантажити) outlook .{0,30}$`,
  `^.{0,60}${product}.{0,30}(dan|den|tan|ten|mdan|umdan|imden|ndan|nden) gönderildi\\.?$|^.{0,20}için outlook.{0,20}(edinin|alın|indirin)$|^gönderen: .{0,20}${product}.{0,30}$`,
  `^(ارسال|فرستاده) ?شده (از|با|توسط) .{0,60}$|^از .{0,30}(ارسال شد|فرستاده شد|ارسال شده است)\\.?$|^(دریافت|دانلود) outlook.{0,30}$`,
  `^(أ?ُ?رسلت?|مرسل|تم الإرسال|مُ?رسلة?|أُرسلت|تم الارسال|أُرسل) (من|عبر|بواسطة|باستخدام) .{0,60}$|^(الحصول على|احصل على) outlook.{0,40}$`,
  `^נשלח מ.{0,50}$|^(קבל|הורד) את outlook.{0,30}$`,
  `^.{0,40}(iphone|ipad|galaxy|android|samsung|outlook|아이폰|갤럭시|휴대폰|스마트폰|windows|메일).{0,20}에서 (보냄|보냈습니다|전송됨|발송됨)\\.?$|^.{0,10}용 outlook (받기|다운로드|가져오기|다운받기)$`,
  `^.{0,40}(から送信|より送信|から送信されました|にて送信)。?$|^outlook for .{0,10}を入手(する)?$|^.{0,12}outlook.{0,16}を(入手|ダウンロード|取得).{0,6}$|^.{0,20}${product}.{0,20}で送信(されました)?。?$`,
  `^(发自|發自|寄自|来自|來自|發送自|发送自|從|从|由).{0,40}(iphone|ipad|手机|手機|邮箱|郵箱|邮件|郵件|mail|outlook|客户端|客戶端|android|windows|galaxy|华为|小米|qq|版|傳送|发送|發送|寄出).{0,20}$`,
  `^(获取|取得|下載|下载).{0,10}outlook.{0,20}$`,
  `^(được )?gửi từ .{0,60}$|^dikirim (dari|melalui) .{0,60}$|^ส่งจาก.{0,50}$`,
].map((pattern) => new RegExp(pattern, 'iu'));
