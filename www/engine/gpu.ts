/**
 * What the worker needs to know of WebGPU: probing for an adapter, noticing a lost device, and counting the
 * work handed to it. The types hold only what is used here.
 */

import type { Json } from './protocol.js';

interface GpuAdapterInfo {
  vendor: string;
  architecture: string;
  description: string;
  isFallbackAdapter?: boolean;
}

interface GpuDevice {
  lost: Promise<{ reason: string; message: string }>;
}

interface GpuAdapter {
  info: GpuAdapterInfo;
  isFallbackAdapter?: boolean;
  requestDevice(descriptor?: unknown): Promise<GpuDevice>;
}

interface Gpu {
  requestAdapter(options?: { powerPreference?: 'high-performance' }): Promise<GpuAdapter | null>;
}

/** What a probe found. */
export type GpuProbe =
  { found: 'no_webgpu' | 'no_adapter' } | { found: 'adapter'; name: string; software: boolean };

/** Looks for an adapter without making a device. */
export async function probeGpu(): Promise<GpuProbe> {
  const gpu = (navigator as { gpu?: Gpu }).gpu;
  if (!gpu) return { found: 'no_webgpu' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return { found: 'no_adapter' };
  const { vendor, architecture, description } = adapter.info;
  const name = [vendor, architecture].filter(Boolean).join(' ') || description;
  const fallback = adapter.info.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false;
  const software = fallback || /swiftshader|llvmpipe|lavapipe/i.test(`${architecture} ${description}`);
  return { found: 'adapter', name, software: software || vendor === 'google' };
}

/** Work handed to the GPU since the worker began. */
export interface GpuCounters {
  dispatches: number;
  submits: number;
  buffers: number;
  pipelines: number;
}

/**
 * Wraps the WebGPU calls: counts them, calls `onPipeline` when one is being compiled, and `onLost` when a device is
 * gone. To be called once, before a wasm module is loaded, because the module takes the functions as it finds them.
 *
 * The devices made stand in `globalThis.emberbookDevices`, so that a debugger or a test can lose one.
 */
export function watchGpu(onLost: (message: string) => void, onPipeline: () => void): GpuCounters {
  const counters: GpuCounters = { dispatches: 0, submits: 0, buffers: 0, pipelines: 0 };
  const countPipeline = (): void => {
    counters.pipelines += 1;
    onPipeline();
  };
  atEachCall('GPUComputePassEncoder', 'dispatchWorkgroups', () => (counters.dispatches += 1));
  atEachCall('GPUComputePassEncoder', 'dispatchWorkgroupsIndirect', () => (counters.dispatches += 1));
  atEachCall('GPUQueue', 'submit', () => (counters.submits += 1));
  atEachCall('GPUDevice', 'createBuffer', () => (counters.buffers += 1));
  atEachCall('GPUDevice', 'createComputePipeline', countPipeline);
  atEachCall('GPUDevice', 'createComputePipelineAsync', countPipeline);
  const devices: GpuDevice[] = [];
  Object.assign(globalThis, { emberbookDevices: devices });
  wrap('GPUAdapter', 'requestDevice', (original) => {
    return async function (this: GpuAdapter, ...args: unknown[]) {
      const device = (await original.apply(this, args)) as GpuDevice;
      devices.push(device);
      void device.lost.then(({ reason, message }) => onLost(message || reason));
      return device;
    };
  });
  return counters;
}

/** The counters as an answer to `inspect('gpu_counters')`. */
export function countersAsJson(counters: GpuCounters): Json {
  return { ...counters };
}

type Method = (...args: unknown[]) => unknown;

function wrap(interfaceName: string, method: string, make: (original: Method) => Method): void {
  const prototype = (
    globalThis as unknown as Record<string, { prototype: Record<string, Method> } | undefined>
  )[interfaceName]?.prototype;
  const original = prototype?.[method];
  if (prototype && original) prototype[method] = make(original);
}

function atEachCall(interfaceName: string, method: string, count: () => void): void {
  wrap(interfaceName, method, (original) => {
    return function (this: unknown, ...args: unknown[]) {
      count();
      return original.apply(this, args);
    };
  });
}
