import type { Locale } from 'content-schemas'

/*
 * Words whose change may change what a reader does. The lists are wide on purpose: a word too many costs a reviewer a
 * minute, a word too few may cost a reader more. What they do not know they cannot name; see `touches.ts`.
 */

export type Lexicon = {
  numbers: ReadonlySet<string>
  /** Words for numbers that are built by rule, in lower case without accents; the whole word. */
  numerals: RegExp
  /** What a dose, a time or an amount is counted in. */
  units: ReadonlySet<string>
  negations: ReadonlySet<string>
  /** Words that turn advice around: order, amount, degree, duty, choice. */
  turns: ReadonlySet<string>
  /** Words after which a number is one to call. */
  calls: ReadonlySet<string>
  /** What makes a word its opposite, before or after it. */
  prefixes: readonly string[]
  /** What words begin with that have a counterpart which says another thing. */
  beginnings: readonly string[]
}

const words = (list: string): string[] => list.trim().split(/\s+/)
const set = (...lists: string[]): ReadonlySet<string> => new Set(lists.flatMap(words))

const anyOf = (...forms: string[]): RegExp => new RegExp(`^(?:${forms.join('|')})$`, 'u')

/** Of words for what is too much or too little, before or behind, in or between: alike in English and Spanish. */
const medicalBeginnings =
  'intra inter infra extra micro macro nano mega mono multi pre pro per post ante sub super supra endo exo ecto bradi brady taqui tachy oligo poli poly hemi semi'

const symbols = '% ‰ ° °c °f mg mcg µg μg g kg ml cl dl l oz lb iu ui mmol mmhg kcal cm mm m km h min'

const english: Lexicon = {
  numerals: anyOf(
    // sixteen, sixteenth, sixty, sixtieth; hundredth, trillions; twofold, quadruple.
    '(?:thir|four|fif|six|seven|eigh|nine)teen(?:th|s)?(?:ths)?',
    '(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies|ieth|ieths)',
    '(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:s|fold)?',
    '(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|hundred|thousand)ths?',
    '(?:hundred|thousand|(?:m|b|tr|quadr|quint)illion|milliard)(?:s|th|ths|fold)?',
    '(?:tri|quadru|quintu|sextu|multi)p(?:le|les|led|let|lets)',
  ),
  numbers: set(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen',
    'eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million',
    'half halves third thirds quarter quarters once twice thrice double doubled triple single pair couple dozen dozens',
    'second fourth fifth sixth seventh eighth ninth tenth',
  ),
  units: set(
    symbols,
    'milligram milligrams microgram micrograms gram grams kilogram kilograms milliliter milliliters millilitre',
    'millilitres liter liters litre litres ounce ounces pound pounds unit units percent degree degrees dose doses dosage',
    'tablet tablets pill pills capsule capsules drop drops puff puffs spray sprays patch patches injection injections',
    'sip sips cup cups glass glasses drink drinks spoon spoonful teaspoon teaspoons tablespoon tablespoons',
    'second seconds minute minutes hour hours day days night nights week weeks month months year years time times',
    'fortnight fortnights fortnightly decade decades biweekly bimonthly moment moments',
    'hourly daily nightly weekly monthly yearly morning evening noon midnight overnight mg/kg',
  ),
  negations: set(
    'no not none never nobody nothing nowhere neither nor without cannot cant avoid avoids avoided avoiding except',
    'unless stop stops stopped stopping refuse refuses lack lacks lacking against instead hardly barely free',
  ),
  turns: set(
    'before after during until till while when if then unless although despite because',
    'more most less least fewer few many much several enough only just even also all any some every each both either',
    'always often usually sometimes rarely seldom ever mostly',
    'must should shall may might can could would will need needs have has let ask allow allowed forbid forbidden',
    'safe safely unsafe dangerous danger harmful harmless risky poisonous toxic deadly fatal severe mild serious',
    'high higher highest low lower lowest increase increases decrease decreases raise reduce up down over under above',
    'below start starts begin begins continue end ends first last next early earlier late later now immediately soon',
    'slowly quickly suddenly gradually fast slow near far big bigger small smaller large larger',
    'and or but with right wrong left open closed on off in out same different alone together empty full',
    'adult adults child children baby babies pregnant',
  ),
  calls: set('call calls ring dial phone telephone text sms tel hotline helpline line number'),
  prefixes: words('un in im il ir non dis anti mis de'),
  beginnings: words(
    `un in im il ir non dis anti mis de re ex en em ${medicalBeginnings} hypo hyper over under out up down fore after`,
  ),
}

const spanish: Lexicon = {
  numerals: anyOf(
    '(?:veinti|dieci)(?:un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)',
    '(?:dos|tres|cuatro|seis|sete|siete|ocho|nove|nueve)cient[oa]s',
    '(?:quinient|cient)[oa]s?',
    '(?:treint|cuarent|cincuent|sesent|setent|ochent|novent)(?:a|en[oa]|aiun[oa]?|ai[a-z]+)',
    '(?:primer|segund|tercer|cuart|quint|sext|septim|octav|noven|decim|undecim|duodecim)(?:o|a|os|as)?',
    '(?:[a-z]*gesim|centesim|milesim|millonesim|(?:decimo)[a-z]+)[oa]s?',
    '(?:m|b|tr|cuatr)illon(?:es)?|millar(?:es)?|decenas?|quincenas?|centenas?|centenar(?:es)?',
    '(?:cua|quin|sex|mul)(?:dru|tu)?pl[eoai][a-z]*|[a-z]+avos?',
  ),
  numbers: set(
    'cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete',
    'dieciocho diecinueve veinte veintiuno veintidós veinticuatro treinta cuarenta cincuenta sesenta setenta ochenta',
    'noventa cien ciento cientos doscientos quinientos mil miles millón millones medio media mitad tercio cuarto cuartos',
    'doble triple par docena docenas primero primera segundo segunda tercero tercera tercer',
  ),
  units: set(
    symbols,
    'miligramo miligramos microgramo microgramos gramo gramos kilo kilos kilogramo kilogramos mililitro mililitros litro',
    'litros onza onzas libra libras unidad unidades porcentaje grado grados dosis tableta tabletas pastilla pastillas',
    'comprimido comprimidos píldora píldoras cápsula cápsulas gota gotas inhalación inhalaciones parche parches',
    'inyección inyecciones sorbo sorbos taza tazas vaso vasos copa copas trago tragos cucharada cucharadas cucharadita',
    'cucharaditas segundo segundos minuto minutos hora horas día días noche noches semana semanas mes meses año años',
    'vez veces diario diaria diariamente semanal semanalmente mensual mañana tarde mediodía medianoche',
  ),
  negations: set(
    'no nunca jamás nada nadie ninguno ninguna ningún ni sin tampoco excepto salvo menos evite evita evitar eviten',
    'deje deja dejar suspenda suspender detenga contra apenas falta',
  ),
  turns: set(
    'antes después durante hasta mientras cuando si entonces aunque porque',
    'más menos mayor menor poco poca pocos pocas mucho mucha muchos muchas varios varias bastante solo sólo solamente',
    'también todo toda todos todas algún alguno alguna algunos algunas cada ambos ambas cualquier cualquiera',
    'siempre frecuentemente normalmente raramente debe deben debería puede pueden podría necesita necesitan hay tiene',
    'seguro segura peligroso peligrosa peligro dañino dañina inofensivo inofensiva tóxico tóxica mortal grave leve',
    'alto alta bajo baja aumente aumentar aumenta disminuya disminuir reduzca reducir suba subir baje bajar sobre',
    'empiece empezar comience comenzar continúe continuar termine terminar último última próximo pronto temprano ahora',
    'inmediatamente lentamente rápidamente gradualmente repentinamente grande pequeño pequeña',
    'y e o u pero con correcto incorrecto abierto cerrado mismo misma diferente junto juntos vacío lleno',
    'adulto adultos niño niños niña niñas bebé bebés embarazada',
  ),
  calls: set('llame llama llamar marque marcar teléfono envíe mensaje sms tel línea número'),
  prefixes: words('in im i des dis anti no a'),
  beginnings: words(`in im i des dis anti no re ex en em ${medicalBeginnings} hipo hiper sobre bajo contra entre tras`),
}

/** Arabic words are compared bare; see `wordOf` in `touches.ts`. */
const arabic: Lexicon = {
  numerals: anyOf(
    // Three to ten with their endings, tens, hundreds written in one word; ordinals and fractions.
    '(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع|عشر)(?:ة|ه|ا|ى|ون|ين|ات|ان|تان|تين)?',
    '(?:ثلاث|اربع|خمس|ست|سبع|ثمان|ثماني|تسع)(?:مئة|مائة|مئه|مائه|ميه|مية|مئات)',
    '(?:مئ|مائ)(?:ة|ه|تا|تي|تان|تين|ات)',
    '(?:واحد|احد|احدى|اثنا|اثنى|اثني|اثنتا|اثنتي)(?:ة|ا)?',
    '(?:الف|الاف|الوف|مليون|ملايين|مليار|مليارات|بليون|تريليون)(?:ا|ان|ين|ات|ي)?',
    '(?:نصف|ثلث|ربع|خمس|سدس|سبع|ثمن|تسع|عشر)(?:ا|ان|ي|ين)?|ارباع|اثلاث|اخماس',
    '(?:اول|اولى|ثان|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر|حادي)(?:ة|ا|ه)?',
  ),
  numbers: set(
    'صفر واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة اربع اربعة خمس خمسة ست ستة سبع سبعة ثماني ثمانية ثمان تسع تسعة',
    'عشر عشرة عشرون عشرين ثلاثون ثلاثين اربعون اربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين',
    'مئة مائة مئتان مئتين الف الفان الفين مليون نصف ثلث ربع ضعف ضعفين مرة مرتان مرتين اول اولى ثاني ثانية ثالث ثالثة',
  ),
  units: set(
    symbols,
    'ملغ ملغم مغ غ غرام جرام مليغرام ميليغرام ملليجرام ميكروغرام كيلوغرام مل مليلتر لتر وحدة وحدات درجة درجات نسبة',
    'جرعة جرعات جرعتان جرعتين قرص اقراص قرصان قرصين حبة حبوب حبات حبتان حبتين كبسولة كبسولات كبسولتان كبسولتين قطرة',
    'قطرات قطرتان قطرتين بخة بخات حقنة حقن لصقة لصقات ملعقة ملاعق ملعقتان ملعقتين كوب اكواب كوبان كوبين كاس كؤوس',
    'ثانية ثوان ثواني دقيقة دقائق دقيقتان دقيقتين ساعة ساعات ساعتان ساعتين يوم ايام يوما يومان يومين يوميا ليلة ليال',
    'ليلتان ليلتين اسبوع اسابيع اسبوعا اسبوعان اسبوعين اسبوعيا شهر اشهر شهور شهران شهرين شهريا سنة سنوات سنتان سنتين',
    'عام اعوام مرات صباحا مساء ظهرا ليلا',
  ),
  negations: set(
    'لا لم لن ليس ليست لست ليسوا ما غير بدون دون عدم بلا الا سوى ممنوع يمنع تجنب تجنبوا تجنبي توقف توقفي اوقف امتنع',
    'كلا ابدا قط ضد لئلا كيلا',
  ),
  turns: set(
    'قبل بعد اثناء خلال حتى بينما عندما اذا ان لو ثم لان رغم',
    'اكثر اقل معظم قليل قليلا كثير كثيرا بعض كل جميع اي فقط ايضا كلا كلتا',
    'دائما غالبا احيانا نادرا يجب ينبغي يمكن قد يجوز يحتاج عليك',
    'امن امنة خطير خطيرة خطر ضار ضارة سام سامة قاتل قاتلة شديد شديدة خفيف خفيفة',
    'عال عالي عالية منخفض منخفضة زد زيادة قلل تقليل ارفع اخفض فوق تحت ابدا ابدئي بدء استمر استمرار انه نهاية اخر',
    'مبكرا لاحقا الان فورا ببطء بسرعة تدريجيا فجاة كبير كبيرة صغير صغيرة',
    'و او ام لكن مع صحيح خاطئ مفتوح مغلق نفس مختلف وحدك معا فارغ ممتلئ',
    'بالغ بالغون بالغين طفل اطفال رضيع حامل',
  ),
  calls: set('اتصل اتصلي اتصلوا اتصال هاتف ارسل ارسلي رسالة رقم خط'),
  prefixes: words('غير لا'),
  beginnings: words('غير لا'),
}

export const lexicons: Record<Locale, Lexicon> = { en: english, es: spanish, ar: arabic }

/** Medicines and drugs whose names have no ending of their kind, as they are written in any of the languages. */
const medicines = set(
  'aspirin aspirina acetaminophen paracetamol acetaminofén tylenol ibuprofen ibuprofeno insulin insulina lithium litio',
  'warfarin warfarina heparin metformin metformina digoxin digoxina clonidine clonidina lofexidine baclofen gabapentin',
  'gabapentina pregabalin pregabalina tramadol tapentadol codeine codeína morphine morfina heroin heroína opium opio',
  'methadone metadona buprenorphine buprenorfina naloxone naloxona naltrexone naltrexona suboxone subutex sublocade',
  'vivitrol narcan nyxoid antabuse disulfiram disulfiramo acamprosate acamprosato fentanyl fentanilo xylazine xilacina',
  'cocaine cocaína crack amphetamine anfetamina methamphetamine metanfetamina ketamine ketamina cannabis marijuana',
  'marihuana mdma lsd ghb alcohol nicotine nicotina caffeine cafeína melatonin melatonina loperamide loperamida',
  'ondansetron prednisone prednisona cortisone cortisona adrenaline epinephrine adrenalina epinefrina thiamine tiamina',
  'vitamin vitamins vitamina vitaminas antibiotic antibiotics antibiótico antibióticos antidepressant antidepressants',
  'antidepresivo antidepresivos benzodiazepine benzodiazepines benzodiacepina benzodiacepinas benzos opioid opioids',
  'opioide opioides opiate opiates opiáceo opiáceos',
  'اسبرين باراسيتامول ايبوبروفين انسولين ليثيوم وارفارين ميتفورمين كلونيدين غابابنتين بريغابالين ترامادول كودايين',
  'كوديين مورفين هيروين افيون ميثادون بوبرينورفين نالوكسون نالتريكسون فنتانيل كوكايين امفيتامين كيتامين حشيش كحول',
  'نيكوتين كافيين ميلاتونين ديازيبام لورازيبام بنزوديازيبين بنزوديازيبينات افيونيات افيوني افيونية ادرينالين',
)

/** Endings of the names of medicines (WHO, the use of stems in the selection of INN), in English, Spanish and Arabic. */
const endings =
  /(?:olol|pril|sartan|sartán|statin|estatina|[ei]nazole?|conazole?|nidazole?|prazole?|cillin|cilina|mycin|micina|floxacin[oa]?|azepam|zolam|barbital|caine|caína|codone|codona|morphone|morfona|orphine|orfina|orphan[ol]*|oxone|oxona|trexone|trexona|adone|adona|setron|setrón|triptan|triptán|tidine|tidina|gliptin|gliptina|gliflozin|gliflozina|mab|tinib|vir|fentanil|fentanilo|profen|profeno|oxetine|oxetina|pramine|pramina|triptyline|triptilina|apine|apina|idone|idona|[ip]razine|phylline|filina|terol|solone|solona|parin|parina|xaban|xabán|lukast|dronate|dronato|azosin|azosina|semide|semida|thiazide|tiazida|zodone|zodona|faxine|faxina|gesic|zepam)s?$/
const arabicEndings =
  /(?:زيبام|زولام|سيلين|مايسين|كودون|مورفون|ورفين|وكسون|تريكسون|ولول|ستاتين|سارتان|برازول|نازول|فلوكساسين|باربيتال|كايين|فنتانيل|بروفين)$/
/** Words that only end like one. */
const ordinary = set('april abril magazine reservoir devoir')
/** Letters before which an ending says nothing. */
const leastLength = 6

/** Whether a word, in lower case, is the name of a medicine or drug, by a list or by its ending. */
export const isMedicine = (word: string): boolean =>
  medicines.has(word) ||
  (word.length >= leastLength && !ordinary.has(word) && (endings.test(word) || arabicEndings.test(word)))
