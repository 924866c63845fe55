/**
 * Two rules for the files under `www/`, as a plugin of eslint.
 *
 * `layers/order`: a file imports only from its own layer and from those to its left, and no lesson from another:
 * generated ← engine ← kit ← lab ← looks ← panels ← instruments, lessons ← entries (`embed.ts`, `app/`).
 *
 * `layers/no-circles`: no file imports, through others, itself.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Layers from left to right; those of one rank know nothing of each other. */
const RANKS = new Map(
  [
    ['generated', 'i18n'],
    ['engine'],
    ['kit'],
    ['lab'],
    ['looks'],
    ['panels'],
    ['instruments', 'lessons'],
    ['app'],
  ].flatMap((folders, rank) => folders.map((folder) => [folder, rank])),
);

/** The layer of a path under `www/`, its rank, and whose it is, where the layer has an owner for each folder. */
export function layerOf(path) {
  const [folder, owner, ...rest] = path.split(/[\\/]/);
  if (owner === undefined) return { name: 'entries', rank: RANKS.get('app'), owner: null };
  if (!RANKS.has(folder)) return { name: folder, rank: null, owner: null };
  const owned = (folder === 'lessons' || folder === 'instruments') && rest.length > 0;
  return { name: folder, rank: RANKS.get(folder), owner: owned ? owner : null };
}

/** Why a file may not import another, both as paths under `www/`; null where it may. */
export function forbidden(from, to) {
  const [here, there] = [layerOf(from), layerOf(to)];
  if (here.rank === null)
    return `${here.name}/ is no layer of www/: add it to tests/lint/layers.mjs in its place`;
  if (there.rank === null) return `${there.name}/ is no layer of www/`;
  if (there.rank > here.rank) return `${here.name} stands left of ${there.name} and must not know it`;
  if (there.rank === here.rank && (here.name !== there.name || here.owner !== there.owner)) {
    if (here.rank < RANKS.get('lessons')) return null;
    if (here.name === 'entries' || there.name === 'entries' || here.name === 'app') return null;
    return `${[here.name, here.owner].join('/')} must not know ${[there.name, there.owner].join('/')}`;
  }
  return null;
}

/** Files that a file imports, types among them, as paths. */
function importsOf(file, text) {
  const found = text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?['"](\.[^'"]+)['"]/g);
  return [...found].map(([, address]) => resolve(dirname(file), address.replace(/\.js$/, '.ts')));
}

/** The shortest way from a file back to itself through imports, or null. */
export function circleThrough(file, importsOfFile) {
  const before = new Map([[file, null]]);
  const queue = [file];
  for (const next of queue) {
    for (const imported of importsOfFile(next)) {
      if (imported === file) {
        const way = [];
        for (let at = next; at !== null; at = before.get(at)) way.unshift(at);
        return [...way, file];
      }
      if (!before.has(imported)) {
        before.set(imported, next);
        queue.push(imported);
      }
    }
  }
  return null;
}

const graphs = new Map();

/** Imports by file under a folder, read once. */
function graphUnder(www) {
  if (!graphs.has(www)) {
    const files = readdirSync(www, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    graphs.set(
      www,
      new Map(
        files
          .map((name) => join(www, name))
          .map((file) => [file, importsOf(file, readFileSync(file, 'utf8'))]),
      ),
    );
  }
  return graphs.get(www);
}

const wwwOf = (filename) => {
  const at = filename.lastIndexOf(`${sep}www${sep}`);
  return at < 0 ? null : filename.slice(0, at + 4);
};

const order = {
  create(context) {
    const www = wwwOf(context.filename);
    if (!www) return {};
    const from = relative(www, context.filename);
    const check = (node) => {
      const address = node.source?.value;
      if (typeof address !== 'string' || !address.startsWith('.')) return;
      const why = forbidden(from, relative(www, resolve(dirname(context.filename), address)));
      if (why) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

const noCircles = {
  create(context) {
    const www = wwwOf(context.filename);
    if (!www) return {};
    return {
      Program(node) {
        const graph = graphUnder(www);
        const circle = circleThrough(context.filename, (file) => graph.get(file) ?? []);
        if (!circle) return;
        const way = circle.map((file) => relative(www, file)).join(' → ');
        context.report({ node, message: `imports itself: ${way}` });
      },
    };
  },
};

export const layers = { rules: { order, 'no-circles': noCircles } };
