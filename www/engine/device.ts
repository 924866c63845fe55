/** Opens a lab on the device that was asked for, or on the one that suits it, and says why. */

import type { Compiling } from './compiling.js';
import { failure, failureOf } from './failure.js';
import { probeGpu } from './gpu.js';
import type { Material, MaterialRequest } from './material/material.js';
import { moduleOf, type LoadedModule, type Modules } from './modules.js';
import type { BackendChoice, Description, Device, DeviceComparison, DeviceGrounds } from './protocol.js';
import { millisecondsPerStep } from './timing.js';
import type { Engine, EngineModule } from './wasm.js';

/** A lab opened, on what, and from which build of the module. */
export interface OpenedEngine {
  engine: Engine;
  module: EngineModule;
  device: Device;
  build: string;
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
   * `bad_picture`, `bad_pictures`.
   */
  async open(request: OpenRequest): Promise<OpenedEngine> {
    const choice = await this.choose(request);
    let opened = choice.kind === 'webgpu' ? await this.openOnGpu(request, choice).catch(warn) : null;
    const isFallback = choice.kind === 'webgpu' && opened === null;
    opened ??= await this.openOnCpu(request, isFallback ? grounds('gpu_failed') : choice);
    return opened;
  }

  /** Opens the lab on one kind of device or not at all. Throws `gpu_failed`, and what `open` throws. */
  async openOn(kind: Device['kind'], request: OpenRequest, because: DeviceGrounds): Promise<OpenedEngine> {
    if (kind === 'cpu') return this.openOnCpu(request, because);
    const { tensors } = await this.describe(request);
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
    const { tensors } = await this.describe(request);
    const probe = await probeGpu();
    const adapter = tensors && probe.found === 'adapter' ? probe.name : null;
    const cpu = await this.stepTime('cpu', request, TIMING_MS.asked);
    const webgpu = adapter === null ? null : await this.stepTime('webgpu', request, TIMING_MS.asked);
    return { cpu, webgpu, adapter: adapter ?? '' };
  }

  private async choose(request: OpenRequest): Promise<Device> {
    const { backend, because = OPENED } = request;
    const cpu = (given: DeviceGrounds): Device => ({ kind: 'cpu', adapter: '', software: false, ...given });
    if (backend === 'cpu') return cpu(because);
    const description = await this.describe(request);
    if (!description.tensors) return cpu(grounds('no_tensors'));
    if (backend === 'auto' && description.small) return cpu(grounds('small_model'));
    const probe = await probeGpu();
    if (probe.found !== 'adapter') return cpu(grounds(probe.found));
    if (backend === 'auto' && probe.software) return cpu(grounds('software_adapter'));
    const { name: adapter, software } = probe;
    const gpu = (given: DeviceGrounds): Device => ({ kind: 'webgpu', adapter, software, ...given });
    if (backend === 'webgpu') return gpu(because);
    const timing = await this.time(request, description);
    if (timing.webgpu === null) return cpu(grounds('gpu_failed'));
    if (timing.cpu === null) return gpu(grounds('adapter_found'));
    const figures = { cpu: timing.cpu, webgpu: timing.webgpu };
    return figures.webgpu < figures.cpu
      ? gpu({ reason: 'measured_faster', timing: figures })
      : cpu({ reason: 'measured_slower', timing: figures });
  }

  /** What the lesson shows with these settings. Its module for the CPU is small and there at once, so it is asked. */
  private async describe({ lesson, layers, urls }: OpenRequest): Promise<Description> {
    const { module } = await this.modules.load(moduleOf(lesson), urls);
    return module.Engine.description(lesson, layers);
  }

  /** Both figures, measured now, or before with settings that cost the same. */
  private async time(
    request: OpenRequest,
    { cost, pipelines }: Description,
  ): Promise<Pick<DeviceComparison, 'cpu' | 'webgpu'>> {
    const { lesson, layers, table, pictures } = request;
    const work = cost?.milliseconds_per_step ?? layers;
    const key = JSON.stringify([lesson, work, table?.key ?? null, pictures?.key ?? null]);
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
      const { open } = await this.prepare(kind, request);
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
      return warn(thrown);
    }
  }

  private async openOnCpu(request: OpenRequest, { reason, timing }: DeviceGrounds): Promise<OpenedEngine> {
    const { module, build, open } = await this.prepare('cpu', request);
    const device: Device = { kind: 'cpu', adapter: '', reason, software: false, timing };
    return { engine: await open(), module, build, device };
  }

  private async openOnGpu(request: OpenRequest, device: Device): Promise<OpenedEngine> {
    const { module, build, open } = await this.prepare('webgpu', request);
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

  /** Loads the module and all the lab needs; what is left is to open it, once. */
  private async prepare(
    kind: Device['kind'],
    request: OpenRequest,
  ): Promise<LoadedModule & { open: () => Promise<Engine> }> {
    const loaded = await this.modules.load(kind === 'cpu' ? moduleOf(request.lesson) : 'gpu', request.urls);
    const { module } = loaded;
    const open = async (): Promise<Engine> => {
      const { table, files, pictures } = await this.material.handles(module, request);
      return module.Engine.open(request.lesson, request.layers, kind, table, files, pictures);
    };
    await this.material.bring(module, request);
    return { ...loaded, open };
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

function warn(thrown: unknown): null {
  console.warn('Emberbook: a device could not be used.', failureOf(thrown, 'unknown').message);
  return null;
}

/** An engine that was stopped in the middle of a call cannot be freed; its module is given up with it. */
function free(engine: Engine): void {
  try {
    engine.free();
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
