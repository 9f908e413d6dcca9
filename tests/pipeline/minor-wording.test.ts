import type { Locale } from 'content-schemas'
import { beyondWording, compare, type Touch } from 'pipeline/compare/index.ts'
import { describe, expect, test } from 'vitest'
import { article, paragraph, records, root } from './documents.ts'

/*
 * What may keep an approval without a reviewer, as a table: whatever a reader could act on differently may not.
 */

const version = (locale: Locale, ...words: string[]) => ({
  document: article({ locale, body: root(...words.map((one) => paragraph(one))) }),
  records: records(),
})
const between = (locale: Locale, before: string, after: string) =>
  compare(version(locale, before), version(locale, after))
const isMinor = (locale: Locale, before: string, after: string): boolean => {
  const found = between(locale, before, after)
  expect(found.changes.length, `${before} → ${after} is no change`).toBeGreaterThan(0)
  return beyondWording(found).length === 0
}

/** Words that each may stand in the gap, in lines: none of them for another of its line. */
const gaps: [Locale, string, string][] = [
  ['en', 'They _ their methadone.', 'keep|quit|double|skip|drop|forget'],
  ['en', '_ naloxone to the person.', 'Give|Deny|Sell|Show|Lend'],
  ['en', 'They drink _ then.', 'water|bleach|juice|petrol|wine'],
  ['en', 'It is a kind of _ here.', 'hypoglycemia|hyperglycemia|hypotension|hypertension|hypothermia|hyperthermia'],
  ['en', 'It is called _ there.', 'hypocapnia|hypercapnia'],
  ['en', 'It is called _ by nurses.', 'hypocalcemia|hypercalcemia|hypokalemia|hyperkalemia'],
  ['en', 'Inject into the _ there.', 'thigh|neck|thing|chest|groin|hand'],
  ['en', 'The risk of overdose _ there.', 'rises|falls|grows|drops|ends|rinses'],
  ['en', 'Use it _ there.', 'orally|rectally|nasally|aurally|locally|vocally'],
  ['en', 'Call for _ there.', 'an ambulance|a friend|a taxi|help|yourself'],
  ['en', 'Lay the person on their _ there.', 'side|back|front|bed|belly'],
  ['en', '_ the medicine with you.', 'Take|Throw|Tape|Fake|Leave|Hide'],
  ['en', 'Mixing them is _ there.', 'fine|fatal|fun|normal|lethal|legal'],
  ['en', 'It is _ to taper.', 'important|pointless|pleasant|unimportant|impotent'],
  ['en', 'Give it in the _ there.', 'nostril|vein|vain|mouth|muscle'],
  ['en', 'Let it dissolve _ the tongue.', 'at|by|beside|beneath'],
  ['en', 'Withdrawal like that can _ people.', 'kill|hurt|heal|help|fill|bill'],
  ['en', 'Methadone _ life there.', 'prolongs|shortens|saves|takes'],
  ['en', '_ if you feel faint.', 'Lie|Stand|Run|Die|Drive'],
  ['en', 'They _ the powder.', 'inhale|exhale|ingest|inject|infest|dilute|dilate'],
  ['en', 'They were told to _ it there.', 'accept|except|expect|inspect'],
  ['en', 'It affects them _ sleep.', 'interpersonally and|intrapersonally and|postnatally and|prenatally and'],
  ['en', 'They _ the help of others.', 'refuse|reuse|request|reject|receive'],
  ['en', 'Rest in a _ room.', 'quiet|quite|dark|bright'],
  ['en', 'They said it _ hurts.', 'rarely|frequently|barely|surely'],
  ['en', 'They wait a _ there.', 'fortnight|moment|week|decade|while'],
  ['en', 'Take it every _ hour.', 'sixteenth|twentieth|fifth|sixtieth|thirteenth'],
  ['en', 'It costs a _ there.', 'million|billion|trillion|thousand'],
  ['en', 'Take _ of them.', 'twenty-one|twenty-two|seventeen|seventy'],
  ['en', 'Take _ of it.', 'X|V|IV|IX'],
  ['en', 'Take _ of those.', 'iv|ix|vi'],
  ['en', 'Take it _ from here', 'o.d.|q.d.|b.d.'],
  ['en', 'You are _: tell us.', 'allergic|well|ill|better'],
  ['en', '_ from your doctor.', 'Hide it|Get it|Buy it'],
  ['en', 'Take the tablets _ there.', 'whole|crushed|chewed|cold'],
  ['en', 'Give it in the _ .', 'nostril|nostrils'],
  ['es', '_ la medicina.', 'Tome|Omita|Tire|Tomé|Toma|Cambie'],
  ['es', '_ beber ahí.', 'Prohibido|Permitido|Recomendado|Prohibida'],
  ['es', 'Tome _ gotas.', 'quinientas|trescientas|seiscientas|novecientas|ochenta'],
  ['es', 'Tome _ miligramos.', 'trescientos|seiscientos|cuatrocientos|mil'],
  ['es', 'Espere _ horas.', 'veintiséis|veintitrés|veintisiete|dieciséis|dieciseis|dieciocho'],
  ['es', '_ la ayuda de ellos.', 'Rechace|Acepte|Olvide|Pida'],
  ['es', 'Es una _ clara.', 'hipoglucemia|hiperglucemia|hipotensión|hipertensión'],
  ['es', 'Se usa por vía _ .', 'oral|rectal|nasal|moral'],
  ['es', 'Beba _ allí.', 'agua|lejía|alcohol|vino|leche'],
  ['es', 'El riesgo _ entonces.', 'crece|cae|cesa|desaparece'],
  ['es', 'La persona _ aquí.', 'esta|está|estaba'],
  ['es', 'Él _ mucho.', 'trabajo|trabajó|trabaja'],
  ['es', 'Acueste a la persona de _ ahí.', 'lado|espaldas|cabeza'],
  ['ar', '_ الدواء.', 'تناول|اترك|خذ|ارم'],
  ['ar', 'خذ _ ملغ.', 'خمسمئة|ستمئة|ثلاثمائة|تسعمائة|ثمانمئة'],
  ['ar', 'انتظر _ من الساعات.', 'ثلاثا|سبعا|تسعا|خمسا'],
  ['ar', 'انتظر _ دقيقة.', 'أربعين|أربع|أربعون|سبعين'],
  ['ar', 'الماء _ في النوم.', 'يسعد|يساعد|يفسد'],
  ['ar', 'اشرب _ هناك.', 'الماء|الخمر|الحليب'],
  ['ar', 'اطلب _ هناك.', 'الإسعاف|الصديق|الطبيب'],
]

/** Before and after, of which no word is the only difference. */
const turned: [Locale, string, string][] = [
  [
    'en',
    'Keep taking your methadone. Give naloxone to the person.',
    'Quit taking your methadone. Deny naloxone to the person.',
  ],
  ['en', 'Take naloxone with you.', 'Skip naloxone with you.'],
  ['en', 'Tell your doctor about seizures.', 'Hide seizures from your doctor.'],
  ['en', 'Let them sleep, no one should wait.', 'Let them sleep no, one should wait.'],
  ['en', 'Do not wait, call.', 'Do not, wait, call.'],
  ['en', 'Stop, drinking can kill.', 'Stop drinking, can kill.'],
  ['en', 'No, drink water.', 'No drink, water.'],
  ['en', 'A warm bath helps, people say.', 'A warm bath helps people, say.'],
  ['en', 'Methadone is safe there.', 'Methadone is “safe” there.'],
  ['en', 'It helps people sleep.', 'It helps people sleep?'],
  ['en', 'Take 1.5 of it.', 'Take 1 .5 of it.'],
  ['en', 'Take 1 5 of it.', 'Take 15 of it.'],
  ['en', 'Drink watr 2 times there.', 'Drink water 2 times there.'],
  ['en', 'Wait some hours untroubld there.', 'Wait some hours untroubled there.'],
  ['en', 'They said it helps.', 'They never said it helps.'],
  ['en', 'A warm room helps.', 'A warm dark room helps.'],
  ['en', 'Rest. The dose is 12 mg today.', 'Rest\u202e. The dose is 12 mg today.'],
  ['en', 'Rest, then take 12 mg today.', 'Rest, th\u202een take 12 mg today.'],
  ['en', 'Rest in a warm room.', 'Rest in a wa\u00adrm room.'],
  ['en', 'Rest in a warm room.', 'Rest in a wa\u034frm room.'],
  ['en', 'Take ２ of them.', 'Take ３ of them.'],
  ['ar', 'خذ ٢ منه.', 'خذ ٣ منه.'],
  ['ar', 'يمكنك النوم هناك.', 'لا يمكنك النوم هناك.'],
  ['es', 'Duerma, ayuda a todos.', 'Duerma ayuda, a todos.'],
]

const pairs: [Locale, string, string][] = [
  ...turned.flatMap(([locale, a, b]): [Locale, string, string][] => [
    [locale, a, b],
    [locale, b, a],
  ]),
  ...gaps.flatMap(([locale, text, words]) => {
    const filled = words.split('|').map((word) => text.replace('_', word))
    return filled.flatMap((a) => filled.filter((b) => b !== a).map((b): [Locale, string, string] => [locale, a, b]))
  }),
]

describe('a reviewer is asked for', () => {
  test('every word that took the place of another, both ways', () => {
    expect(pairs.length).toBeGreaterThan(300)
    const passed = pairs.filter(([locale, before, after]) => isMinor(locale, before, after))
    expect(passed.map(([, before, after]) => `${before} → ${after}`)).toEqual([])
  })

  test('a slip that stands twice, or that the text goes on using: it may be a word of the trade', () => {
    const both = (...words: string[]) => version('en', ...words)
    const mended = compare(
      both('Rest on a matress.', 'A matress helps.'),
      both('Rest on a mattress.', 'A mattress helps.'),
    )
    expect(beyondWording(mended)).toHaveLength(2)
    const one = compare(both('Rest on a matress.', 'A matress helps.'), both('Rest on a mattress.', 'A matress helps.'))
    expect(beyondWording(one)).toHaveLength(1)
  })

  test.each<[Locale, string, string, Touch]>([
    ['es', 'Tome trescientos de ellos.', 'Tome seiscientos de ellos.', 'numbers'],
    ['es', 'Espere veintiséis de ellas.', 'Espere veintitrés de ellas.', 'numbers'],
    ['es', 'La vigésima de ellas.', 'La trigésima de ellas.', 'numbers'],
    ['ar', 'خذ خمسمئة منه.', 'خذ ستمئة منه.', 'numbers'],
    ['ar', 'خذ ثلاثمائة منه.', 'خذ تسعمائة منه.', 'numbers'],
    ['ar', 'انتظر ثلاثًا من هذه.', 'انتظر سبعًا من هذه.', 'numbers'],
    ['en', 'The sixteenth of it.', 'The twentieth of it.', 'numbers'],
    ['en', 'A billion of it.', 'A trillion of it.', 'numbers'],
    ['en', 'Wait a fortnight there.', 'Wait a while there.', 'doses'],
    ['en', 'Take ２ of them.', 'Take ３ of them.', 'numbers'],
    ['en', 'Rest there.', 'Rest\u202e there.', 'hidden'],
    ['en', 'Drink water.', 'Drink bleach.', 'words'],
  ])('%s: “%s” → “%s”, and is told that it touches %s', (locale, before, after, touch) => {
    expect(between(locale, before, after).changes[0]!.touches[0]).toBe(touch)
  })
})

describe('a second editor may confirm', () => {
  const slips: [Locale, string, string][] = [
    ['en', 'Keep it in a seperate bag.', 'Keep it in a separate bag.'],
    ['en', 'People recieve help there.', 'People receive help there.'],
    ['en', 'Ask at teh desk.', 'Ask at the desk.'],
    ['en', 'Teh desk is there.', 'The desk is there.'],
    ['en', 'It will definately help.', 'It will definitely help.'],
    ['en', 'It has occured to people.', 'It has occurred to people.'],
    ['en', 'They accomodate families.', 'They accommodate families.'],
    ['en', 'In the begining people rest.', 'In the beginning people rest.'],
    ['en', 'A visit is neccessary there.', 'A visit is necessary there.'],
    ['en', 'People beleive that it helps.', 'People believe that it helps.'],
    ['en', 'Ask your freind to come.', 'Ask your friend to come.'],
    ['en', 'Drink some watr there.', 'Drink some water there.'],
    ['en', 'Their familly helps them.', 'Their family helps them.'],
    ['en', 'It is a good enviroment there.', 'It is a good environment there.'],
    ['en', 'Some tretment is offered there.', 'Some treatment is offered there.'],
    ['en', 'Ask a nurse at the hospitl there.', 'Ask a nurse at the hospital there.'],
    ['en', 'It was reccomended by people.', 'It was recommended by people.'],
    ['en', 'Visit a hte clinic.', 'Visit a the clinic.'],
    ['en', 'It helps alot there.', 'It helps a lot there.'],
    ['en', 'Ask the the nurse.', 'Ask the nurse.'],
    ['en', 'The the nurse knows.', 'The nurse knows.'],
    ['en', 'Rest at the at the desk.', 'Rest at the desk.'],
    ['en', 'It helps people to sleep', 'It helps people to sleep.'],
    ['en', 'It helps people.they rest there.', 'It helps people.They rest there.'],
    ['en', 'It helps people. they rest there.', 'It helps people. They rest there.'],
    ['en', 'It helps people.They rest there.', 'It helps people. They rest there.'],
    ['en', 'It helps people .', 'It helps people.'],
    ['en', 'It helps people,, they say.', 'It helps people, they say.'],
    ['en', 'It helps people They rest there.', 'It helps people. They rest there.'],
    ['en', 'In a warm room people rest.', 'In a warm room, people rest.'],
    ['en', 'They call it "rest" there.', 'They call it “rest” there.'],
    ['en', 'Bring a apple along.', 'Bring an apple along.'],
    ['en', 'The people is kind there.', 'The people are kind there.'],
    ['en', "Bring you're friend along.", 'Bring your friend along.'],
    ['es', 'Tambien ayuda un baño.', 'También ayuda un baño.'],
    ['es', 'Pida informacion allí.', 'Pida información allí.'],
    ['es', 'Un baño calinete ayuda.', 'Un baño caliente ayuda.'],
    ['es', 'Pregunte en el hopsital cercano.', 'Pregunte en el hospital cercano.'],
    ['es', 'Vaya a la la clínica.', 'Vaya a la clínica.'],
    ['es', 'Descanse en un habitación tranquila.', 'Descanse en una habitación tranquila.'],
    ['es', 'Ayuda a dormir', 'Ayuda a dormir.'],
    ['ar', 'اسأل في المستشفى عن المساعده هناك.', 'اسأل في المستشفى عن المساعدة هناك.'],
    ['ar', 'اسأل الطبيبب هناك.', 'اسأل الطبيب هناك.'],
    ['ar', 'اسأل في في المستشفى.', 'اسأل في المستشفى.'],
    ['ar', 'النوم مفيد', 'النوم مفيد.'],
  ]
  test.each(slips)('%s: “%s” → “%s”', (locale, before, after) => {
    expect(between(locale, before, after).changes[0]!.touches).toEqual(['rest'])
  })
})
