/** Opens a lab on the device that was asked for, or on the one that suits it, and says why. */

import { probeGpu } from './gpu.js';
import type { Modules, LoadedModule } from './modules.js';
import type { BackendChoice, Device, EngineUrls, Layer, OwnTable } from './protocol.js';
import type { OwnTables } from './tables.js';
import type { Engine, EngineModule } from './wasm.js';

/** A lab opened, on what, and from which build of the module. */
export interface OpenedEngine {
  engine: Engine;
  module: EngineModule;
  device: Device;
  build: string;
}

interface OpenRequest {
  lesson: string;
  layers: Layer[];
  backend: BackendChoice;
  urls: EngineUrls;
  table?: OwnTable | null;
}

/**
 * Opens the lab. Where WebGPU is asked for and cannot be had, the CPU takes over and the reason says so.
 *
 * Throws what the engine throws: `unknown_lesson`, `module_not_loaded`, `bad_table`.
 */
export async function openOnDevice(
  request: OpenRequest,
  modules: Modules,
  tables: OwnTables,
): Promise<OpenedEngine> {
  const choice = await chooseDevice(request, modules);
  if (choice.kind === 'webgpu') {
    const opened = await openOnGpu(request, modules, tables, choice).catch((thrown: unknown) => {
      console.warn('Emberbook: WebGPU could not be used, so the CPU takes over.', thrown);
      return null;
    });
    if (opened) return opened;
    return openOnCpu(request, await modules.load('cpu', request.urls), tables, 'gpu_failed');
  }
  return openOnCpu(request, await modules.load('cpu', request.urls), tables, choice.reason);
}

async function chooseDevice({ lesson, backend, urls }: OpenRequest, modules: Modules): Promise<Device> {
  const cpu = (reason: Device['reason']): Device => ({ kind: 'cpu', adapter: '', reason, software: false });
  if (backend === 'cpu') return cpu('asked_for');
  // The CPU module is small and there at once: it is asked before the large one is fetched.
  const { module } = await modules.load('cpu', urls);
  const description = module.Engine.description(lesson);
  if (!description.tensors) return cpu('no_tensors');
  if (backend === 'auto' && description.small) return cpu('small_model');
  const probe = await probeGpu();
  if (probe.found !== 'adapter') return cpu(probe.found);
  if (backend === 'auto' && probe.software) return cpu('software_adapter');
  return {
    kind: 'webgpu',
    adapter: probe.name,
    reason: backend === 'auto' ? 'adapter_found' : 'asked_for',
    software: probe.software,
  };
}

async function openOnCpu(
  { lesson, layers, table }: OpenRequest,
  { module, build }: LoadedModule,
  tables: OwnTables,
  reason: Device['reason'],
): Promise<OpenedEngine> {
  const engine = await module.Engine.open(lesson, layers, 'cpu', tables.handle(module, table));
  return { engine, module, build, device: { kind: 'cpu', adapter: '', reason, software: false } };
}

async function openOnGpu(
  { lesson, layers, urls, table }: OpenRequest,
  modules: Modules,
  tables: OwnTables,
  device: Device,
): Promise<OpenedEngine> {
  const { module, build } = await modules.load('gpu', urls);
  const engine = await module.Engine.open(lesson, layers, 'webgpu', tables.handle(module, table));
  return { engine, module, build, device: { ...device, adapter: device.adapter || engine.opened().adapter } };
}
