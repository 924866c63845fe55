/** Opens a lab on the device that was asked for, or on the one that suits it, and says why. */

import type { Compiling } from './compiling.js';
import { failure, failureOf } from './failure.js';
import { probeGpu } from './gpu.js';
import type { Material, MaterialRequest } from './material/material.js';
import { moduleOf, type LoadedModule, type Modules } from './modules.js';
import type { BackendChoice, Device, DeviceComparison, DeviceGrounds } from './protocol.js';
import { millisecondsPerStep } from './timing.js';
import type { Engine, EngineModule, EnginePlan, Hints } from './wasm.js';

/** A lab opened, on what, and from which build of the module. */
export interface OpenedEngine {
  engine: Engine;
  module: EngineModule;
  device: Device;
  build: string;
}

/** A lab with its settings resolved, in a module. */
interface Planned extends LoadedModule {
  plan: EnginePlan;
}

/** What is to be opened. */
export interface OpenRequest extends MaterialRequest {
  backend: BackendChoice;
  because?: DeviceGrounds;
}

/** Milliseconds that timing one device may take: when a page opens, and when the reader has asked for it. */
const TIMING_MS = { opening: 15_000, asked: 60_000 };
/** Milliseconds after which a lab that does not open on the GPU is given up. */
const OPENING_MS = 120_000;

const OPENED: DeviceGrounds = { reason: 'asked_for', timing: null };

/** The devices of this worker. */
export class Devices {
  private readonly timings = new Map<string, Pick<DeviceComparison, 'cpu' | 'webgpu'>>();
  /** Settles nothing until the GPU is lost; from then on whatever waits for it is told. */
  private readonly lost: Promise<never>;
  private tellLost!: (reason: unknown) => void;

  constructor(
    private readonly modules: Modules,
    private readonly material: Material,
    private readonly compiling: Compiling,
  ) {
    this.lost = new Promise((_, reject) => (this.tellLost = reject));
    this.lost.catch(() => undefined);
  }

  /** The GPU, or the module for it, is gone while no lab ran on it: this worker does without. */
  loseGpu(message: string): void {
    this.tellLost(failure('gpu_failed', message, { reason: 'gpu_failed' }));
  }

  /**
   * Opens the lab. Where WebGPU is asked for and cannot be had, the CPU takes over and the reason says so.
   *
   * Throws what the engine throws: `unknown_lesson`, `module_not_loaded`, `data_not_loaded`, `bad_table`,
   * `bad_picture`, `bad_pictures`; and for a module that is asked for by its device and not built yet
   * `module_building`, `module_not_built`.
   */
  async open(request: OpenRequest): Promise<OpenedEngine> {
    // The CPU module is small and there at once, so the lab is planned in it, wherever it is opened then.
    const planned = await this.plan('cpu', request);
    const choice = await this.choose(request, planned.plan.hints());
    const opened =
      choice.kind === 'webgpu' ? await this.openOnGpu(request, choice).catch(warnUnlessUnbuilt) : null;
    if (opened) {
      free(planned.plan);
      return opened;
    }
    return this.openOnCpu(request, choice.kind === 'webgpu' ? grounds('gpu_failed') : choice, planned);
  }

  /** Opens the lab on one kind of device or not at all. Throws `gpu_failed`, and what `open` throws. */
  async openOn(kind: Device['kind'], request: OpenRequest, because: DeviceGrounds): Promise<OpenedEngine> {
    if (kind === 'cpu') return this.openOnCpu(request, because);
    const { tensors } = await this.hints(request);
    const probe = await probeGpu();
    if (!tensors || probe.found !== 'adapter') {
      const reason = probe.found === 'adapter' ? 'no_tensors' : probe.found;
      throw failure('gpu_failed', `WebGPU cannot be used here: ${reason}.`, { reason });
    }
    const { name: adapter, software } = probe;
    return this.openOnGpu(request, { kind, adapter, software, ...because });
  }

  /** Times the lab on both devices in labs of their own, whatever the adapter. */
  async compare(request: OpenRequest): Promise<DeviceComparison> {
    const { tensors } = await this.hints(request);
    const probe = await probeGpu();
    const adapter = tensors && probe.found === 'adapter' ? probe.name : null;
    const cpu = await this.stepTime('cpu', request, TIMING_MS.asked);
    const webgpu = adapter === null ? null : await this.stepTime('webgpu', request, TIMING_MS.asked);
    return { cpu, webgpu, adapter: adapter ?? '' };
  }

  private async choose(request: OpenRequest, hints: Hints): Promise<Device> {
    const { backend, because = OPENED } = request;
    const cpu = (given: DeviceGrounds): Device => ({ kind: 'cpu', adapter: '', software: false, ...given });
    if (backend === 'cpu') return cpu(because);
    if (!hints.tensors) return cpu(grounds('no_tensors'));
    if (backend === 'auto' && hints.small) return cpu(grounds('small_model'));
    const probe = await probeGpu();
    if (probe.found !== 'adapter') return cpu(grounds(probe.found));
    if (backend === 'auto' && probe.software) return cpu(grounds('software_adapter'));
    const { name: adapter, software } = probe;
    const gpu = (given: DeviceGrounds): Device => ({ kind: 'webgpu', adapter, software, ...given });
    if (backend === 'webgpu') return gpu(because);
    const unbuilt = await this.whyNoGpuModule(request);
    if (unbuilt) return cpu(grounds(unbuilt));
    const timing = await this.time(request, hints);
    if (timing.webgpu === null) return cpu(grounds('gpu_failed'));
    if (timing.cpu === null) return gpu(grounds('adapter_found'));
    const figures = { cpu: timing.cpu, webgpu: timing.webgpu };
    return figures.webgpu < figures.cpu
      ? gpu({ reason: 'measured_faster', timing: figures })
      : cpu({ reason: 'measured_slower', timing: figures });
  }

  /** Loads the module for the GPU; the reason to do without it where it is not built. */
  private async whyNoGpuModule({ urls }: OpenRequest): Promise<'gpu_building' | 'gpu_not_built' | null> {
    try {
      await this.modules.load('gpu', urls);
      return null;
    } catch (thrown) {
      const { code } = failureOf(thrown, 'unknown');
      if (code === 'module_building') return 'gpu_building';
      return code === 'module_not_built' ? 'gpu_not_built' : null;
    }
  }

  /** What the choice of a device rests on, for a lab that stands already. */
  private async hints(request: OpenRequest): Promise<Hints> {
    const { plan } = await this.plan('cpu', request);
    const hints = plan.hints();
    free(plan);
    return hints;
  }

  /** Resolves the settings in the module for a kind of device. */
  private async plan(kind: Device['kind'], request: OpenRequest): Promise<Planned> {
    const loaded = await this.modules.load(kind === 'cpu' ? moduleOf(request.lesson) : 'gpu', request.urls);
    return { ...loaded, plan: await this.material.plan(loaded.module, request) };
  }

  /** Both figures, measured now, or before with settings that cost the same. */
  private async time(
    request: OpenRequest,
    { milliseconds_per_step, pipelines }: Hints,
  ): Promise<Pick<DeviceComparison, 'cpu' | 'webgpu'>> {
    const { lesson, layers, own } = request;
    const work = milliseconds_per_step ?? layers;
    const key = JSON.stringify([lesson, work, own?.key ?? null]);
    const known = this.timings.get(key);
    if (known) return known;
    this.compiling.begin(pipelines);
    const webgpu = await this.stepTime('webgpu', request, TIMING_MS.opening);
    this.compiling.end();
    const cpu = webgpu === null ? null : await this.stepTime('cpu', request, TIMING_MS.opening);
    this.timings.set(key, { cpu, webgpu });
    return { cpu, webgpu };
  }

  /** Milliseconds per step in a lab that is opened for that; null where it cannot be had in time. */
  private async stepTime(kind: Device['kind'], request: OpenRequest, limit: number): Promise<number | null> {
    try {
      const { open } = await this.prepare(kind, request, await this.plan(kind, request));
      const measure = async (): Promise<number> => {
        const engine = await open();
        try {
          return await millisecondsPerStep(engine, kind);
        } finally {
          free(engine);
        }
      };
      return await (kind === 'cpu' ? within(limit, measure()) : this.onGpu(limit, measure()));
    } catch (thrown) {
      // The module for the CPU may hold the lab at work: what breaks it is told to the worker.
      if (kind === 'cpu' && thrown instanceof WebAssembly.RuntimeError) throw thrown;
      return warnUnlessUnbuilt(thrown);
    }
  }

  private async openOnCpu(
    request: OpenRequest,
    { reason, timing }: DeviceGrounds,
    planned?: Planned,
  ): Promise<OpenedEngine> {
    planned ??= await this.plan('cpu', request);
    const { module, build, open } = await this.prepare('cpu', request, planned);
    const device: Device = { kind: 'cpu', adapter: '', reason, software: false, timing };
    return { engine: await open(), module, build, device };
  }

  private async openOnGpu(request: OpenRequest, device: Device): Promise<OpenedEngine> {
    const planned = await this.plan('webgpu', request);
    const { module, build, open } = await this.prepare('webgpu', request, planned);
    const opening = open();
    const engine = await this.onGpu(OPENING_MS, opening).catch((thrown: unknown) => {
      // One that comes too late has nobody to use it.
      opening.then(free, () => undefined);
      throw thrown;
    });
    return {
      engine,
      module,
      build,
      device: { ...device, adapter: device.adapter || engine.opened().adapter },
    };
  }

  /** Loads all that a planned lab needs; what is left is to open it, once. */
  private async prepare(
    kind: Device['kind'],
    request: OpenRequest,
    { module, build, plan }: Planned,
  ): Promise<LoadedModule & { open: () => Promise<Engine> }> {
    try {
      const files = await this.material.bring(module, plan, request);
      return { module, build, open: () => plan.open(files, kind) };
    } catch (thrown) {
      free(plan);
      throw thrown;
    }
  }

  /** What is done on the GPU, unless it is lost or takes too long. A trap there breaks the module for it, no more. */
  private async onGpu<T>(limit: number, work: Promise<T>): Promise<T> {
    try {
      return await within(limit, Promise.race([work, this.lost]));
    } catch (thrown) {
      if (!(thrown instanceof WebAssembly.RuntimeError)) throw thrown;
      this.loseGpu(thrown.message);
      throw failure('gpu_failed', thrown.message, { reason: 'gpu_failed' });
    }
  }
}

function grounds(reason: Device['reason']): DeviceGrounds {
  return { reason, timing: null };
}

/** A device that fails is done without; one whose module is not built is not a device that fails. */
function warnUnlessUnbuilt(thrown: unknown): null {
  const { code } = failureOf(thrown, 'unknown');
  if (code === 'module_building' || code === 'module_not_built') throw thrown;
  console.warn('Emberbook: a device could not be used.', failureOf(thrown, 'unknown').message);
  return null;
}

/** What was stopped in the middle of a call cannot be freed; its module is given up with it. */
function free(held: Engine | EnginePlan): void {
  try {
    held.free();
  } catch {
    // Nothing is left to be done.
  }
}

/** The same promise, rejected with `gpu_failed` when it takes longer than so many milliseconds. */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(failure('gpu_failed', `No answer in ${milliseconds} ms.`, { reason: 'gpu_failed' })),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
