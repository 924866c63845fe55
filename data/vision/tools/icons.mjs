// Which icons the sheets are made of. Every one was looked at: left out are heads without a body, figures in a frame,
// drawings that are the same in another icon, and faces that are neither happy nor sad.

const TONES = {
  noto: '-skin-tone',
  'noto-v1': '-skin-tone',
  'fluent-emoji-flat': '',
  twemoji: '-skin-tone',
  emojione: '-skin-tone',
};

const HORSES = {
  noto: ['horse', 'carousel-horse', 'zebra'],
  'noto-v1': ['horse', 'carousel-horse'],
  'fluent-emoji-flat': ['horse', 'carousel-horse', 'zebra'],
  twemoji: ['horse', 'carousel-horse'],
  emojione: ['horse', 'carousel-horse'],
  'streamline-emojis': ['horse'],
  fxemoji: ['horse'],
};

const POSES = {
  noto: ['walking', 'running', 'standing', 'kneeling', 'dancing'],
  'noto-v1': ['walking', 'running', 'dancing'],
  'fluent-emoji-flat': ['walking', 'running', 'standing', 'kneeling', 'dancing'],
  twemoji: ['walking', 'running', 'standing', 'kneeling', 'dancing'],
};

/** The set names a skin tone at the end of the icon's name; without one a figure is yellow. */
function figures(set, icon, tones) {
  return tones.map((tone) => ({
    label: 'humans',
    set,
    icon,
    name: tone === 'yellow' ? icon : `${icon}-${tone}${TONES[set]}`,
  }));
}

/** Horses and humans, with their whole bodies. */
export function horsesAndHumansOf() {
  const horses = Object.entries(HORSES).flatMap(([set, icons]) =>
    icons.map((icon) => ({ label: 'horses', set, icon, name: icon })),
  );
  const posed = (set) =>
    POSES[set].flatMap((pose, index) =>
      index % 2 === 0
        ? [...figures(set, `man-${pose}`, ['light', 'dark']), ...figures(set, `woman-${pose}`, ['medium'])]
        : [
            ...figures(set, `man-${pose}`, ['medium-dark']),
            ...figures(set, `woman-${pose}`, ['yellow', 'light']),
          ],
    );
  // This set numbers its skin tones.
  const numbered = ['walking', 'running', 'dancing'].flatMap((pose) =>
    ['man', 'woman'].flatMap((who) =>
      [1, 2].map((tone) => ({
        label: 'humans',
        set: 'streamline-emojis',
        icon: `${who}-${pose}`,
        name: `${who}-${pose}-${tone}`,
      })),
    ),
  );
  return [
    ...horses,
    ...Object.keys(POSES).flatMap(posed),
    ...figures('emojione', 'person-walking', ['light', 'dark']),
    ...figures('emojione', 'person-running', ['yellow', 'medium']),
    ...figures('emojione', 'man-dancing', ['light']),
    ...figures('emojione', 'woman-dancing', ['medium', 'dark']),
    ...numbered,
    ...['walking', 'running', 'dancer'].flatMap((icon) => figures('fxemoji', icon, ['yellow'])),
  ];
}

const FACE_SETS = ['noto', 'noto-v1', 'fluent-emoji-flat', 'twemoji', 'emojione', 'streamline-emojis'];

const HAPPY = [
  'grinning-face',
  'grinning-face-with-big-eyes',
  'slightly-smiling-face',
  'smiling-face-with-smiling-eyes',
  'beaming-face-with-smiling-eyes',
  'grinning-squinting-face',
  'grinning-face-with-smiling-eyes',
  'grinning-face-with-sweat',
  'smiling-face',
  'smiling-face-with-heart-eyes',
  'winking-face',
];

const SAD = [
  'frowning-face',
  'slightly-frowning-face',
  'crying-face',
  'pensive-face',
  'sad-but-relieved-face',
  'worried-face',
  'disappointed-face',
  'loudly-crying-face',
  'anguished-face',
  'weary-face',
  'frowning-face-with-open-mouth',
  'tired-face',
];

/** One set lacks some names, and its anguished face is rather a scream. */
const MISSING = {
  'streamline-emojis': [
    'grinning-face-with-big-eyes',
    'smiling-face',
    'slightly-frowning-face',
    'anguished-face',
    'weary-face',
    'frowning-face-with-open-mouth',
  ],
};

/** Names of this set's own. Its blue faces are left out, for their colour alone would tell the class. */
const FXEMOJI = {
  happy: [
    'grin',
    'grineyes',
    'grinsquint',
    'grinsweat',
    'grinwide',
    'grinwideeyes',
    'smallsmile',
    'whitesmilingface',
  ],
  sad: ['frownmouth', 'smallfrown', 'pensive', 'disappointed', 'weary', 'tired'],
};

/** Happy and sad faces. */
export function facesOf() {
  const faces = (label, set, names) =>
    names.filter((name) => !MISSING[set]?.includes(name)).map((name) => ({ label, set, icon: name, name }));
  return [
    ...FACE_SETS.flatMap((set) => [...faces('happy', set, HAPPY), ...faces('sad', set, SAD)]),
    ...Object.entries(FXEMOJI).flatMap(([label, names]) => faces(label, 'fxemoji', names)),
  ];
}
