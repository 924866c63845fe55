/**
 * What the worker needs to know of WebGPU: probing for an adapter, noticing a lost device, and counting the
 * work handed to it. The types hold only what is used here.
 */

import { isRecord } from './json.js';
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
  const gpu: unknown = Reflect.get(navigator, 'gpu');
  if (!isGpu(gpu)) return { found: 'no_webgpu' };
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
    return async function (this: unknown, ...args: unknown[]) {
      const device = await original(this, args);
      if (isDevice(device)) {
        devices.push(device);
        void device.lost.then(({ reason, message }) => onLost(message || reason));
      }
      return device;
    };
  });
  return counters;
}

/** The counters as an answer to `inspect('gpu_counters')`. */
export function countersAsJson(counters: GpuCounters): Json {
  return { ...counters };
}

function isGpu(value: unknown): value is Gpu {
  return isRecord(value) && 'requestAdapter' in value;
}

function isDevice(value: unknown): value is GpuDevice {
  return isRecord(value) && value['lost'] instanceof Promise;
}

/** A method as it was found, called on an object. */
type Original = (self: unknown, args: unknown[]) => unknown;

function wrap(
  interfaceName: string,
  method: string,
  make: (original: Original) => (...args: unknown[]) => unknown,
): void {
  const owner: unknown = Reflect.get(globalThis, interfaceName);
  const prototype: unknown = typeof owner === 'function' ? owner.prototype : null;
  if (!isRecord(prototype)) return;
  const found = prototype[method];
  if (typeof found !== 'function') return;
  const original: Original = (self, args) => Reflect.apply(found, self, args);
  Reflect.set(prototype, method, make(original));
}

function atEachCall(interfaceName: string, method: string, count: () => void): void {
  wrap(interfaceName, method, (original) => {
    return function (this: unknown, ...args: unknown[]) {
      count();
      return original(this, args);
    };
  });
}
