/**
 * Counts the work handed to the GPU, by wrapping the WebGPU calls of this worker. To be imported before a library,
 * because a library may take the functions as it finds them.
 */

import './gpu_kernels.mjs';

const CALLS = {
  GPUComputePassEncoder: { dispatchWorkgroups: 'dispatches', dispatchWorkgroupsIndirect: 'dispatches' },
  GPUQueue: { submit: 'submits' },
  GPUDevice: {
    createBuffer: 'buffers',
    createComputePipeline: 'pipelines',
    createComputePipelineAsync: 'pipelines',
  },
};

const counts = { dispatches: 0, submits: 0, buffers: 0, pipelines: 0 };
let adapterName = '';
/** Bytes of the buffers that have been made and not given back. */
let bufferBytes = 0;

for (const [interfaceName, methods] of Object.entries(CALLS)) {
  const prototype = globalThis[interfaceName]?.prototype;
  if (!prototype) continue;
  for (const [method, counter] of Object.entries(methods)) {
    const original = prototype[method];
    prototype[method] = function (...args) {
      counts[counter] += 1;
      return original.apply(this, args);
    };
  }
}

const adapterPrototype = globalThis.GPUAdapter?.prototype;
if (adapterPrototype) {
  const original = adapterPrototype.requestDevice;
  adapterPrototype.requestDevice = function (...args) {
    const { vendor, architecture, description } = this.info;
    adapterName = [vendor, architecture, description].filter(Boolean).join(' ');
    return original.apply(this, args);
  };
}

/** Buffers are given back by name, or by being forgotten and collected as garbage. */
const forgotten = new FinalizationRegistry((held) => giveBack(held));

function giveBack(held) {
  if (held.there) bufferBytes -= held.size;
  held.there = false;
}

const deviceOfBuffers = globalThis.GPUDevice?.prototype;
if (deviceOfBuffers) {
  const { createBuffer } = deviceOfBuffers;
  deviceOfBuffers.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    const held = { size: buffer.size, there: true };
    bufferBytes += held.size;
    forgotten.register(buffer, held);
    const { destroy } = buffer;
    buffer.destroy = function () {
      giveBack(held);
      destroy.call(this);
    };
    return buffer;
  };
}

/** What has been handed over since the worker began. */
export const gpuWork = () => ({ ...counts });

/** The adapter whose device the library took; empty when it took none. */
export const gpuAdapter = () => adapterName;

/** Bytes held in buffers of the GPU; what was forgotten counts until it is collected. */
export const gpuBufferBytes = () => bufferBytes;
