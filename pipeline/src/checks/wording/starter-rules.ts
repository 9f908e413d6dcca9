import type { WordingRule } from 'content-schemas'
import { derivedUid } from '../../body/document.ts'

/*
 * The wording rules a house starts with: NIDA's list of preferred terms and what follows from it, in our own words.
 * An installation takes them over as records of its own when it is set up; a folder without wording rules goes by them.
 */

const english = {
  locale: 'en',
  source:
    'https://nida.nih.gov/research-topics/addiction-science/words-matter-preferred-language-talking-about-addiction',
  checkedOn: '2026-11-24',
} as const
const spanish = { locale: 'es', source: 'https://nida.nih.gov/es/node/38234', checkedOn: '2026-11-24' } as const

type Entry = Pick<WordingRule, 'term' | 'because' | 'replacements'> &
  Partial<Pick<WordingRule, 'inflections' | 'near' | 'exemptions' | 'severity'>>

const ruleFrom =
  (common: Pick<WordingRule, 'locale' | 'source' | 'checkedOn'>) =>
  ({ slug, ...entry }: Entry & { slug: string }): WordingRule => ({
    uid: derivedUid(`wording-rules/${slug}`),
    slug,
    ...{ inflections: [], near: [], exemptions: [], severity: 'block', ...common, ...entry },
  })

/** Names of drugs, as they stand in sentences about them. */
const named = [
  ...['drug', 'drugs', 'heroin', 'opioid', 'opioids', 'opiate', 'opiates', 'fentanyl', 'cocaine', 'crack', 'meth'],
  ...['methamphetamine', 'painkillers', 'pills', 'substance', 'substances'],
]
/** Words that tell that a sentence is about drugs. */
const drugs = [
  ...named,
  ...['alcohol', 'addiction', 'addict', 'addicts', 'abuse', 'abusing', 'detox', 'recovery', 'rehab', 'relapse'],
  ...['withdrawal', 'using', 'dealer', 'needle'],
]
const nearAbuse = [...named, 'alcohol', 'addict', 'addicts', 'detox', 'rehab', 'habit', 'habits', 'clean', 'cleaned']
/** Kinds of abuse that people do to people. */
const harm = [
  ...['child', 'sexual', 'physical', 'emotional', 'domestic', 'elder', 'verbal', 'financial', 'partner', 'animal'],
  ...['psychological', 'childhood', 'family', 'human rights', 'spousal'],
]
/** What is clean or dirty and no person. */
const harmlesslyClean = [
  ...['water', 'needle', 'needles', 'syringe', 'syringes', 'air', 'clothes', 'clothing', 'hands', 'skin', 'towel'],
  ...['place', 'room', 'bed', 'sheets', 'cloth', 'equipment', 'supplies', 'bandage', 'environment', 'spoon', 'space'],
]
  .map((thing) => `clean ${thing}`)
  .concat(
    'clean the',
    'clean your',
    'clean it',
    'clean them',
    'clean up',
    'clean, dry',
    'clean and dry',
    'wash and clean',
  )
  .concat(
    ...['water', 'needle', 'skin', 'room', 'equipment', 'house', 'wound', 'place'].map((thing) => `${thing} is clean`),
    ...['needles', 'hands', 'syringes', 'supplies'].map((thing) => `${thing} are clean`),
    ...['skin', 'wound', 'area', 'it'].flatMap((thing) => [`keep the ${thing} clean`, `keep ${thing} clean`]),
    ...['skin', 'wound', 'area'].flatMap((thing) => [`${thing} must be clean`, `${thing} should be clean`]),
  )

const drogas = [
  ...['droga', 'drogas', 'heroína', 'opioide', 'opioides', 'fentanilo', 'cocaína', 'alcohol', 'pastillas', 'sustancia'],
  ...['sustancias', 'adicción', 'adicto', 'adictos', 'recuperación', 'abstinencia', 'desintoxicación', 'recaída'],
]

const personFirst = 'It names a person by an illness.'
const blames = 'It blames the person for an illness.'
const willpower = 'It makes an illness sound like a matter of will.'
const violent = `${blames} “Abuse” also makes readers think of violence.`
const dirties = 'It says that people with an illness, or who are in treatment, are not clean.'

/** The same term with its article, for one and for many, so that what is offered fits where the term stood. */
function people(
  slug: string,
  because: string,
  { one, many, article = 'a' }: { one: string[]; many: string[]; article?: 'a' | 'an' },
  [person, ...others]: string[],
  exemptions: string[] = [],
): (Entry & { slug: string })[] {
  const singular = [person!, ...others]
  const [first = '', ...more] = one
  const [firstOfMany = '', ...moreOfMany] = many
  return [
    { slug, term: first, inflections: more, exemptions, replacements: singular, because },
    {
      slug: `${slug}-with-article`,
      term: `${article} ${first}`,
      inflections: more.map((term) => `${/^[aeio]/.test(term) ? 'an' : 'a'} ${term}`),
      replacements: singular.map((words) => `a ${words}`),
      because,
    },
    {
      slug: `${slug}-plural`,
      term: firstOfMany,
      inflections: moreOfMany,
      replacements: singular.map((words) => words.replace(/^person/, 'people')),
      because,
    },
  ]
}

const inEnglish: (Entry & { slug: string })[] = [
  ...people(
    'addict',
    personFirst,
    {
      one: ['addict', 'drug addict', 'heroin addict', 'opioid addict'],
      many: ['addicts', 'drug addicts', 'heroin addicts', 'opioid addicts'],
      article: 'an',
    },
    ['person with a substance use disorder', 'person with an addiction'],
    ['addicts anonymous', 'food addicts in recovery'],
  ),
  ...people(
    'former-addict',
    personFirst,
    {
      one: ['former addict', 'reformed addict', 'recovering addict', 'recovered addict', 'ex-addict'],
      many: ['former addicts', 'reformed addicts', 'recovering addicts', 'recovered addicts', 'ex-addicts'],
    },
    ['person in recovery', 'person who used to use drugs'],
  ),
  ...people(
    'drug-user',
    personFirst,
    {
      one: [
        'drug user',
        'heroin user',
        'opioid user',
        'substance user',
        'injection drug user',
        'intravenous drug user',
      ],
      many: [
        ...['drug users', 'heroin users', 'opioid users', 'substance users', 'injection drug users'],
        ...['intravenous drug users'],
      ],
    },
    ['person who uses drugs', 'person with a substance use disorder'],
  ),
  ...people(
    'drug-abuser',
    violent,
    {
      one: ['drug abuser', 'substance abuser', 'alcohol abuser'],
      many: ['drug abusers', 'substance abusers', 'alcohol abusers'],
    },
    ['person with a substance use disorder', 'person who uses drugs'],
  ),
  ...people(
    'junkie',
    'It is an insult.',
    {
      one: ['junkie', 'druggie', 'crackhead', 'pothead', 'dope fiend'],
      many: ['junkies', 'druggies', 'crackheads', 'potheads', 'dope fiends'],
    },
    ['person who uses drugs', 'person with a substance use disorder'],
  ),
  ...people(
    'alcoholic',
    personFirst,
    {
      one: ['alcoholic', 'recovering alcoholic', 'problem drinker'],
      many: ['alcoholics', 'recovering alcoholics', 'problem drinkers'],
      article: 'an',
    },
    ['person with an alcohol use disorder'],
    [
      ...[
        'alcoholics anonymous',
        'adult children of alcoholics',
        'alcoholic drink',
        'alcoholic drinks',
        'non-alcoholic',
      ],
      ...['alcoholic beverage', 'alcoholic beverages', 'alcoholic hepatitis', 'alcoholic liver disease'],
    ],
  ),
  {
    slug: 'drug-abuse',
    term: 'drug abuse',
    inflections: ['drug abuse habit', 'drug abuse habits', 'prescription drug abuse', 'heroin abuse', 'opioid abuse'],
    exemptions: ['national institute on drug abuse'],
    replacements: ['drug use', 'drug misuse'],
    because: violent,
  },
  {
    slug: 'substance-abuse',
    term: 'substance abuse',
    inflections: ['substance abuse problem', 'substance abuse problems'],
    exemptions: ['substance abuse and mental health services administration'],
    replacements: ['substance use', 'a substance use disorder'],
    because: violent,
  },
  {
    slug: 'alcohol-abuse',
    term: 'alcohol abuse',
    exemptions: ['national institute on alcohol abuse and alcoholism'],
    replacements: ['alcohol use', 'an alcohol use disorder'],
    because: violent,
  },
  {
    slug: 'abuse',
    term: 'abuse',
    near: nearAbuse,
    exemptions: harm
      .flatMap((kind) => [`${kind} abuse`, `${kind} abuse helpline`, `${kind} abuse hotline`])
      .concat(
        ...[
          'abuse helpline',
          'abuse hotline',
          'abuse survivor',
          'abuse survivors',
          'survivor of abuse',
          'survivors of abuse',
        ],
        ...['trauma or abuse', 'trauma and abuse', 'abuse or trauma', 'violence or abuse', 'violence and abuse'],
        ...['abuse or violence', 'abuse or neglect', 'abuse and neglect', 'neglect or abuse', 'abuse as a child'],
        ...['abuse at home', 'abuse in childhood', 'abuse by a partner', 'victim of abuse', 'victims of abuse'],
      ),
    replacements: ['use', 'misuse'],
    because: violent,
  },
  {
    slug: 'abused',
    term: 'abused',
    near: nearAbuse,
    exemptions: [
      ...['was abused', 'were abused', 'is abused', 'are abused', 'been abused', 'being abused', 'sexually abused'],
      ...[
        'physically abused',
        'emotionally abused',
        'abused as a child',
        'abused children',
        'abused child',
        'abused women',
      ],
    ],
    replacements: ['used', 'misused'],
    because: violent,
  },
  {
    slug: 'abusing',
    term: 'abusing',
    near: nearAbuse,
    exemptions: ['abusing you', 'abusing me', 'abusing a child', 'abusing children', 'abusing their partner'],
    replacements: ['using', 'misusing'],
    because: violent,
  },
  {
    slug: 'drug-habit',
    term: 'drug habit',
    inflections: ['heroin habit', 'opioid habit', 'cocaine habit', 'pill habit', 'drug habits'],
    replacements: ['substance use disorder', 'drug addiction'],
    because: willpower,
  },
  {
    slug: 'kick-the-habit',
    term: 'kick the habit',
    inflections: ['kicks the habit', 'kicked the habit', 'kicking the habit'],
    replacements: ['stop using drugs', 'enter recovery'],
    because: willpower,
  },
  {
    slug: 'habit',
    term: 'habit',
    inflections: ['habits', 'dangerous habit', 'dangerous habits', 'bad habit', 'bad habits'],
    near: [...named, 'addict', 'addicts', 'abuse', 'abusing', 'dealer', 'rehab'],
    exemptions: [
      ...[
        'eating',
        'sleep',
        'sleeping',
        'bedtime',
        'healthy',
        'good',
        'new',
        'daily',
        'smoking',
        'bowel',
        'small',
        'exercise',
      ]
        .concat('drinking', 'spending', 'everyday', 'better', 'work', 'study', 'screen')
        .flatMap((kind) => [`${kind} habit`, `${kind} habits`]),
      ...['in the habit of', 'habit of going', 'out of habit', 'force of habit', 'make it a habit', 'a habit of'],
    ],
    replacements: ['substance use', 'addiction'],
    because: willpower,
  },
  {
    slug: 'a-fix',
    term: 'a fix',
    inflections: ['a heroin fix', 'next fix', 'another fix', 'his fix', 'her fix', 'their fix', 'your fix'],
    near: [...drugs, 'steal', 'stole', 'stealing'],
    exemptions: ['a fix for', 'a quick fix', 'a fix to', 'a fix that', 'a fix in'],
    replacements: ['drugs'],
    because: 'It is slang that makes a need of the body sound like a joke.',
  },
  ...(
    [
      ['get-clean', ['get clean', 'got clean', 'gets clean', 'become clean'], ['stop using drugs', 'enter recovery']],
      ['getting-clean', ['getting clean', 'becoming clean'], ['stopping drug use', 'entering recovery']],
      ['stay-clean', ['stay clean', 'stays clean', 'stayed clean'], ['stay in recovery', 'not use drugs']],
      ['staying-clean', ['staying clean'], ['staying in recovery', 'not using drugs']],
      ['be-clean', ['be clean', 'been clean', 'being clean'], ['be in recovery', 'not use drugs']],
      [
        'clean',
        ['clean', 'clean and sober', 'drug-free and clean'],
        ['in recovery', 'in remission', 'not using drugs'],
      ],
    ] as const
  ).map(([slug, [term, ...inflections], replacements]) => ({
    ...{ slug, term: term!, inflections, replacements: [...replacements], because: dirties },
    near: [...drugs.filter((word) => word !== 'needle'), 'sober', 'quit', 'want', 'wants', 'steps', 'months', 'years'],
    exemptions: slug === 'clean' ? harmlesslyClean : [],
  })),
  {
    slug: 'cleaned-up',
    term: 'cleaned up',
    inflections: ['cleaned up their act', 'cleaned up his act', 'cleaned up her act'],
    near: [...drugs, 'sober', 'quit', 'lie', 'lied'],
    exemptions: [
      'cleaned up the',
      'cleaned up after',
      'cleaned up a',
      'cleaned up your',
      'cleaned up and dressed',
      'be cleaned up',
    ],
    replacements: ['stopped using drugs', 'entered recovery'],
    because: dirties,
  },
  {
    slug: 'clean-test',
    term: 'clean test',
    inflections: [
      'clean tests',
      'clean urine',
      'clean drug test',
      'clean drug tests',
      'clean screen',
      'clean drug screen',
      'test clean',
      'tested clean',
      'tests clean',
    ],
    replacements: ['negative test', 'testing negative'],
    because: dirties,
  },
  {
    slug: 'dirty-test',
    term: 'dirty test',
    inflections: [
      ...['dirty tests', 'dirty urine', 'dirty drug test', 'dirty drug tests', 'dirty screen', 'dirty drug screen'],
      ...['test dirty', 'tested dirty', 'tests dirty', 'came back dirty', 'comes back dirty'],
    ],
    replacements: ['positive test', 'testing positive'],
    because: dirties,
  },
  {
    slug: 'medication-assisted-treatment',
    term: 'medication-assisted treatment',
    inflections: ['medication-assisted treatments', 'medication-assisted therapy', 'medicine-assisted treatment'],
    replacements: [
      'treatment with medicine',
      'medication for opioid use disorder',
      'medication for a substance use disorder',
    ],
    because: 'It makes the medicine sound like a mere aid, when it is the treatment.',
  },
  {
    slug: 'substitution-therapy',
    term: 'substitution therapy',
    inflections: [
      'replacement therapy',
      'opioid substitution',
      'opioid substitution therapy',
      'opioid replacement therapy',
      'drug substitution',
      'substitution treatment',
    ],
    exemptions: ['nicotine replacement therapy', 'hormone replacement therapy', 'fluid replacement therapy'],
    replacements: ['opioid agonist therapy', 'medication for opioid use disorder'],
    because: 'It makes treatment sound like one drug in place of another.',
  },
  {
    slug: 'addicted-baby',
    term: 'addicted baby',
    inflections: [
      'addicted babies',
      'addicted newborn',
      'addicted newborns',
      'born addicted',
      'crack baby',
      'crack babies',
    ],
    replacements: ['baby born with neonatal withdrawal', 'newborn exposed to opioids'],
    because: 'A baby cannot have an addiction; it may have withdrawal.',
  },
]

const inSpanish: (Entry & { slug: string })[] = [
  ...(
    [
      [
        'es-adicto',
        ['adicto', 'adicta', 'drogadicto', 'drogadicta', 'toxicómano', 'toxicómana', 'heroinómano', 'heroinómana'],
        ['persona con un trastorno por consumo de sustancias', 'persona con una adicción'],
      ],
      [
        'es-adictos',
        ['adictos', 'adictas', 'drogadictos', 'drogadictas', 'toxicómanos', 'toxicómanas', 'heroinómanos'],
        ['personas con un trastorno por consumo de sustancias', 'personas con una adicción'],
      ],
      [
        'es-exadicto',
        ['exadicto', 'exadicta', 'ex adicto', 'adicto en recuperación', 'adicta en recuperación', 'adicto recuperado'],
        ['persona en recuperación'],
      ],
      [
        'es-exadictos',
        ['exadictos', 'exadictas', 'ex adictos', 'adictos en recuperación', 'adictas en recuperación'],
        ['personas en recuperación'],
      ],
    ] as const
  ).map(([slug, [term, ...inflections], replacements]) => ({
    ...{ slug, term: term!, inflections, replacements: [...replacements], because: personFirst },
    exemptions: ['adicto al trabajo', 'adicta al trabajo', 'adictos anónimos', 'adictos al trabajo'],
  })),
  {
    slug: 'es-yonqui',
    term: 'yonqui',
    inflections: ['yonquis', 'yonki', 'yonkis', 'drogata', 'drogatas', 'drogo', 'drogos', 'tecato', 'tecatos'],
    replacements: ['persona que consume drogas', 'persona con un trastorno por consumo de sustancias'],
    because: 'It is an insult.',
  },
  {
    slug: 'es-alcoholico',
    term: 'alcohólico',
    inflections: ['alcohólicos', 'alcohólica', 'alcohólicas', 'borracho', 'borrachos', 'borracha', 'borrachas'],
    exemptions: [
      ...['alcohólicos anónimos', 'bebida alcohólica', 'bebidas alcohólicas', 'hepatitis alcohólica', 'sin alcohol'],
      ...[
        'contenido alcohólico',
        'hijos adultos de alcohólicos',
        'hepatopatía alcohólica',
        'no alcohólico',
        'no alcohólica',
      ],
    ],
    replacements: ['persona con un trastorno por consumo de alcohol'],
    because: personFirst,
  },
  {
    slug: 'es-usuario-de-drogas',
    term: 'usuario de drogas',
    inflections: [
      'usuarios de drogas',
      'usuaria de drogas',
      'usuarias de drogas',
      'consumidor de drogas',
      'consumidores de drogas',
      'usuario de heroína',
      'usuarios de heroína',
    ],
    replacements: ['persona que consume drogas', 'persona con un trastorno por consumo de sustancias'],
    because: personFirst,
  },
  {
    slug: 'es-abuso-de-drogas',
    term: 'abuso de drogas',
    inflections: [
      ...['abuso de sustancias', 'abuso de alcohol', 'abuso de opioides', 'abuso de heroína', 'abuso de medicamentos'],
      ...[
        'abusar de las drogas',
        'abusar de drogas',
        'abusa de las drogas',
        'abusa de drogas',
        'abusan de las drogas',
        'abusan de drogas',
      ],
    ],
    exemptions: [
      'instituto nacional sobre el abuso de drogas',
      'administración de servicios de abuso de sustancias y salud mental',
    ],
    replacements: ['consumo de drogas', 'consumo'],
    because: `${blames} “Abuso” also makes readers think of violence.`,
  },
  {
    slug: 'es-abuso',
    term: 'abuso',
    inflections: ['abusos'],
    near: drogas,
    exemptions: [
      ...['abuso infantil', 'abuso sexual', 'abusos sexuales', 'abuso físico', 'abuso emocional', 'abuso doméstico'],
      ...[
        'abuso de menores',
        'abuso de poder',
        'abuso de confianza',
        'línea de abuso',
        'abuso o negligencia',
        'violencia o abuso',
      ],
    ],
    replacements: ['consumo', 'uso indebido'],
    because: `${blames} “Abuso” also makes readers think of violence.`,
  },
  {
    slug: 'es-vicio',
    term: 'vicio',
    inflections: ['vicios', 'hábito de las drogas', 'hábito de drogarse', 'hábito de consumir drogas'],
    exemptions: ['vicio de forma', 'vicio oculto', 'vicios ocultos'],
    replacements: ['trastorno por consumo de sustancias', 'adicción'],
    because: 'It makes an illness sound like a lack of character.',
  },
  {
    slug: 'es-limpio',
    term: 'limpio',
    inflections: [
      ...[
        'limpia',
        'limpios',
        'limpias',
        'estar limpio',
        'está limpio',
        'está limpia',
        'mantenerse limpio',
        'mantenerse limpia',
      ],
      ...['seguir limpio', 'quedar limpio', 'lleva limpio', 'lleva limpia', 'estar limpia'],
    ],
    near: drogas,
    exemptions: [
      ...['agua limpia', 'aguja limpia', 'agujas limpias', 'jeringa limpia', 'jeringas limpias', 'jeringuilla limpia'],
      ...[
        'jeringuillas limpias',
        'manos limpias',
        'ropa limpia',
        'piel limpia',
        'aire limpio',
        'lugar limpio',
        'paño limpio',
      ],
      ...['material limpio', 'entorno limpio', 'habitación limpia', 'superficie limpia', 'sitio limpio'],
    ],
    replacements: ['en recuperación', 'en remisión', 'sin consumir drogas'],
    because: dirties,
  },
  {
    slug: 'es-prueba-limpia',
    term: 'prueba limpia',
    inflections: [
      'pruebas limpias',
      'análisis limpio',
      'orina limpia',
      'prueba sucia',
      'pruebas sucias',
      'análisis sucio',
      'orina sucia',
    ],
    replacements: ['prueba negativa', 'prueba positiva'],
    because: dirties,
  },
  {
    slug: 'es-terapia-de-sustitucion',
    term: 'terapia de sustitución',
    inflections: [
      'tratamiento de sustitución',
      'terapia sustitutiva',
      'tratamiento sustitutivo',
      'terapia de reemplazo',
      'terapia de reemplazo de opioides',
    ],
    exemptions: [
      'terapia de reemplazo de nicotina',
      'terapia sustitutiva con nicotina',
      'terapia de reemplazo hormonal',
    ],
    replacements: ['tratamiento con agonistas opioides', 'medicamentos para el trastorno por consumo de opioides'],
    because: 'It makes treatment sound like one drug in place of another.',
  },
  {
    slug: 'es-tratamiento-asistido-con-medicamentos',
    term: 'tratamiento asistido con medicamentos',
    inflections: [
      'tratamiento asistido por medicamentos',
      'tratamientos asistidos con medicamentos',
      'terapia asistida con medicamentos',
    ],
    replacements: ['tratamiento con medicamentos', 'medicamentos para el trastorno por consumo de opioides'],
    because: 'It makes the medicine sound like a mere aid, when it is the treatment.',
  },
  {
    slug: 'es-bebe-adicto',
    term: 'bebé adicto',
    inflections: ['bebés adictos', 'recién nacido adicto', 'nació adicto', 'nacer adicto', 'nacen adictos'],
    replacements: ['bebé con síndrome de abstinencia neonatal'],
    because: 'A baby cannot have an addiction; it may have withdrawal.',
  },
]

export const starterRules: readonly WordingRule[] = [
  ...inEnglish.map(ruleFrom(english)),
  ...inSpanish.map(ruleFrom(spanish)),
]
