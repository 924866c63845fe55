import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { Compiling } from './compiling.js';
import type { OpenRequest } from './device.js';
import { failure } from './failure.js';
import type { Material } from './material/material.js';
import type { Modules } from './modules.js';
import type { Device, ModuleName, Progress } from './protocol.js';
import type { Engine, EnginePlan, Hints } from './wasm.js';

mock.method(console, 'warn', () => undefined);
/** Milliseconds of a clock that stands still unless somebody trains. */
let clock = 0;
mock.method(performance, 'now', () => clock);

/** One of Node's own would keep the process alive. */
Object.assign(globalThis, {
  MessageChannel: class {
    readonly port1 = {};
  },
});

// After the above: the training loop takes its channel when it is loaded.
const { Devices } = await import('./device.js');

type Kind = Device['kind'];
const HINTS: Hints = { tensors: true, small: false, pipelines: 12, milliseconds_per_step: 3 };
const REQUEST = { lesson: 'vision', layers: [], backend: 'auto', urls: {} } as unknown as OpenRequest;

/** A machine: what a step costs on each device, what a lab needs, and whether the module for the GPU is there. */
interface Machine {
  cost?: Partial<Record<Kind, number>>;
  hints?: Partial<Hints>;
  adapter?: { vendor: string; architecture: string } | null;
  /** Why the module for the GPU cannot be had. */
  unbuilt?: 'module_building' | 'module_not_built';
  /** What opening on the GPU does. */
  opening?: () => Promise<void>;
}

function machine({ cost = {}, hints = {}, adapter, unbuilt, opening }: Machine) {
  const seen = { opened: [] as Kind[], freed: 0, plans: 0, loaded: [] as ModuleName[] };
  const gpu =
    adapter === undefined
      ? undefined
      : {
          requestAdapter: () =>
            Promise.resolve(adapter && { info: { ...adapter, description: '' }, requestDevice: () => null }),
        };
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });

  const engine = (kind: Kind): Engine => {
    let step = 0;
    return {
      train: (steps: number): Promise<Progress> => {
        step += steps;
        clock += steps * (cost[kind] ?? 1);
        return Promise.resolve({ step, finished: false } as Progress);
      },
      opened: () => ({ adapter: 'told by the engine' }),
      free: () => void (seen.freed += 1),
    } as unknown as Engine;
  };
  const plan = (): EnginePlan =>
    ({
      hints: () => ({ ...HINTS, ...hints }),
      open: async (_: unknown, kind: Kind) => {
        if (kind === 'webgpu') await opening?.();
        seen.opened.push(kind);
        return engine(kind);
      },
      free: () => void (seen.freed += 1),
    }) as unknown as EnginePlan;
  const modules = {
    load: (name: ModuleName) => {
      if (name === 'gpu' && unbuilt) return Promise.reject(failure(unbuilt, 'not there'));
      seen.loaded.push(name);
      return Promise.resolve({ module: {}, build: `${name} build` });
    },
  } as unknown as Modules;
  const material = {
    plan: () => Promise.resolve((seen.plans += 1) && plan()),
    bring: () => Promise.resolve(undefined),
  } as unknown as Material;
  return { devices: new Devices(modules, material, new Compiling(() => undefined)), seen };
}

const CARD = { vendor: 'nvidia', architecture: 'ampere' };

/** Where a lab is opened, and why. */
async function opened(given: Machine, request: Partial<OpenRequest> = {}) {
  const { devices, seen } = machine(given);
  const { device, build } = await devices.open({ ...REQUEST, ...request });
  return { kind: device.kind, reason: device.reason, device, build, seen };
}

test('the faster device is taken, with both figures, and what was opened for that is freed', async () => {
  const faster = await opened({ adapter: CARD, cost: { cpu: 20, webgpu: 5 } });
  assert.deepEqual([faster.kind, faster.reason], ['webgpu', 'measured_faster']);
  assert.deepEqual(faster.device.timing, { cpu: 20, webgpu: 5 });
  assert.deepEqual([faster.device.adapter, faster.build], ['nvidia ampere', 'gpu build']);
  // Two labs to be timed and one to stay, and the plan in the module for the CPU that was not needed.
  assert.deepEqual([faster.seen.opened, faster.seen.freed], [['webgpu', 'cpu', 'webgpu'], 3]);
  const slower = await opened({ adapter: CARD, cost: { cpu: 5, webgpu: 20 } });
  assert.deepEqual([slower.kind, slower.reason, slower.build], ['cpu', 'measured_slower', 'cpu build']);
});

test('without measuring, a lab stays on the CPU where a GPU would be of no use', async () => {
  const cases: [Machine, Partial<OpenRequest>, Device['reason']][] = [
    [{ adapter: CARD }, { backend: 'cpu' }, 'asked_for'],
    [{ adapter: CARD, hints: { tensors: false } }, { backend: 'webgpu' }, 'no_tensors'],
    [{ adapter: CARD, hints: { small: true } }, {}, 'small_model'],
    [{}, {}, 'no_webgpu'],
    [{ adapter: null }, {}, 'no_adapter'],
    [{ adapter: { vendor: 'google', architecture: 'swiftshader' } }, {}, 'software_adapter'],
    [{ adapter: CARD, unbuilt: 'module_building' }, {}, 'gpu_building'],
    [{ adapter: CARD, unbuilt: 'module_not_built' }, {}, 'gpu_not_built'],
  ];
  for (const [given, request, reason] of cases) {
    const { kind, seen, ...lab } = await opened(given, request);
    assert.deepEqual([kind, lab.reason, seen.opened], ['cpu', reason, ['cpu']], reason);
  }
});

test('a GPU that is asked for is used though it computes on the CPU, and told to be such', async () => {
  const asked = await opened(
    { adapter: { vendor: 'google', architecture: 'swiftshader' } },
    { backend: 'webgpu' },
  );
  assert.deepEqual([asked.kind, asked.reason, asked.device.software], ['webgpu', 'asked_for', true]);
});

test('where the GPU fails while a lab opens on it, the CPU takes over and says so', async () => {
  const broken = { adapter: CARD, opening: () => Promise.reject(new Error('no device')) };
  for (const backend of ['auto', 'webgpu'] as const) {
    const { kind, reason } = await opened(broken, { backend });
    assert.deepEqual([kind, reason], ['cpu', 'gpu_failed'], backend);
  }
});

test('a GPU that is asked for and whose module is not built is refused, not replaced in silence', async () => {
  const { devices } = machine({ adapter: CARD, unbuilt: 'module_building' });
  await assert.rejects(devices.open({ ...REQUEST, backend: 'webgpu' }), { code: 'module_building' });
});

test('devices that were timed are not timed again for settings that cost the same', async () => {
  const { devices, seen } = machine({ adapter: CARD, cost: { cpu: 20, webgpu: 5 } });
  await devices.open(REQUEST);
  await devices.open({ ...REQUEST, layers: [{ source: 'config', values: { seed: 2 } }] });
  assert.deepEqual(seen.opened, ['webgpu', 'cpu', 'webgpu', 'webgpu']);
});

test('a lab is opened on one kind of device or refused by the reason', async () => {
  const because = { reason: 'moved', timing: null } as const;
  const { devices } = machine({ adapter: CARD });
  const { device } = await devices.openOn('webgpu', REQUEST, because);
  assert.deepEqual([device.kind, device.reason], ['webgpu', 'moved']);
  const without = machine({ adapter: null }).devices;
  await assert.rejects(
    without.openOn('webgpu', REQUEST, because),
    ({ code, details }: ReturnType<typeof failure>) => {
      assert.deepEqual([code, details], ['gpu_failed', { reason: 'no_adapter' }]);
      return true;
    },
  );
  const noTensors = machine({ adapter: CARD, hints: { tensors: false } }).devices;
  await assert.rejects(noTensors.openOn('webgpu', REQUEST, because), { details: { reason: 'no_tensors' } });
});

test('a comparison has both figures, or null where a lab cannot be opened', async () => {
  const both = machine({ adapter: CARD, cost: { cpu: 20, webgpu: 5 } }).devices;
  assert.deepEqual(await both.compare(REQUEST), { cpu: 20, webgpu: 5, adapter: 'nvidia ampere' });
  const one = machine({ cost: { cpu: 20 } }).devices;
  assert.deepEqual(await one.compare(REQUEST), { cpu: 20, webgpu: null, adapter: '' });
});

test('a GPU that is lost ends what waits for it', async () => {
  const { devices, seen } = machine({ adapter: CARD, opening: () => new Promise(() => undefined) });
  const opening = devices.open({ ...REQUEST, backend: 'webgpu' });
  setImmediate(() => devices.loseGpu('gone'));
  const { device } = await opening;
  assert.deepEqual([device.kind, device.reason, seen.opened], ['cpu', 'gpu_failed', ['cpu']]);
});
