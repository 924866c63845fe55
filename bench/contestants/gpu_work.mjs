/**
 * Counts the work handed to the GPU, by wrapping the WebGPU calls of this worker. To be imported before a library,
 * because a library may take the functions as it finds them.
 */

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

const deviceOfBuffers = globalThis.GPUDevice?.prototype;
if (deviceOfBuffers) {
  const { createBuffer } = deviceOfBuffers;
  deviceOfBuffers.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    bufferBytes += buffer.size;
    const { destroy } = buffer;
    let there = true;
    buffer.destroy = function () {
      if (there) bufferBytes -= buffer.size;
      there = false;
      destroy.call(buffer);
    };
    return buffer;
  };
}

/** What has been handed over since the worker began. */
export const gpuWork = () => ({ ...counts });

/** The adapter whose device the library took; empty when it took none. */
export const gpuAdapter = () => adapterName;

/** Bytes held in buffers of the GPU now; a buffer that is only forgotten still counts. */
export const gpuBufferBytes = () => bufferBytes;
