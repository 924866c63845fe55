/**
 * Times every dispatch by itself: each gets a compute pass of its own with a time stamp at either end. What a library
 * gains by several dispatches in one pass is lost here, so that the sum is more than a step takes; it is the shares that
 * tell. To be imported before a library, like gpu_work.mjs. It does nothing in a worker whose address does not ask for
 * it by `?kernels`, and times nothing until `measureKernels` is called.
 */

const FEATURE = 'timestamp-query';
/** Dispatches of one submit that are timed. */
const MOST = 2048;

const asked = globalThis.location?.search === '?kernels';

let wanted = false;
let available = false;
/** Of each pipeline its name, and of each timed dispatch the pipeline and its nanoseconds. */
const names = new WeakMap();
const codes = new WeakMap();
const finished = [];
const pending = [];
const waiting = new WeakMap();

const patch = (prototype, method, make) => {
  if (asked && prototype?.[method]) prototype[method] = make(prototype[method]);
};

patch(
  globalThis.GPUAdapter?.prototype,
  'requestDevice',
  (original) =>
    function (descriptor = {}) {
      available = this.features.has(FEATURE);
      const requiredFeatures = [...(descriptor.requiredFeatures ?? []), ...(available ? [FEATURE] : [])];
      return original.call(this, { ...descriptor, requiredFeatures });
    },
);

const device = globalThis.GPUDevice?.prototype;
patch(
  device,
  'createShaderModule',
  (original) =>
    function (descriptor) {
      const module = original.call(this, descriptor);
      codes.set(module, descriptor);
      return module;
    },
);
for (const method of ['createComputePipeline', 'createComputePipelineAsync'])
  patch(
    device,
    method,
    (original) =>
      function (descriptor) {
        const made = original.call(this, descriptor);
        const { module, entryPoint } = descriptor.compute;
        const named = { label: descriptor.label, entryPoint, code: codes.get(module)?.code ?? '' };
        if (made instanceof Promise) return made.then((pipeline) => (names.set(pipeline, named), pipeline));
        names.set(made, named);
        return made;
      },
  );
patch(
  device,
  'createCommandEncoder',
  (original) =>
    function (descriptor) {
      const encoder = original.call(this, descriptor);
      waiting.set(encoder, { device: this, dispatches: [] });
      return encoder;
    },
);

/** Stands in for a pass, and begins a real one for each dispatch. */
class Passes {
  constructor(encoder, begin, timed) {
    Object.assign(this, { encoder, begin, timed, groups: [], pipeline: null, label: '' });
  }
  setPipeline(pipeline) {
    this.pipeline = pipeline;
  }
  setBindGroup(...group) {
    this.groups[group[0]] = group;
  }
  dispatchWorkgroups(...counts) {
    const { dispatches } = this.timed;
    this.timed.set ??= this.timed.device.createQuerySet({ type: 'timestamp', count: 2 * MOST });
    const at = 2 * dispatches.length;
    if (at >= 2 * MOST) throw new Error('more dispatches in one submit than are timed');
    const timestampWrites = {
      querySet: this.timed.set,
      beginningOfPassWriteIndex: at,
      endOfPassWriteIndex: at + 1,
    };
    const pass = this.begin.call(this.encoder, { timestampWrites });
    pass.setPipeline(this.pipeline);
    this.groups.forEach((group) => pass.setBindGroup(...group));
    pass.dispatchWorkgroups(...counts);
    pass.end();
    dispatches.push({ ...names.get(this.pipeline), counts });
  }
  dispatchWorkgroupsIndirect() {
    throw new Error('an indirect dispatch is not timed');
  }
  end() {}
  pushDebugGroup() {}
  popDebugGroup() {}
  insertDebugMarker() {}
}

const encoders = globalThis.GPUCommandEncoder?.prototype;
patch(
  encoders,
  'beginComputePass',
  (original) =>
    function (descriptor) {
      if (!wanted) return original.call(this, descriptor);
      return new Passes(this, original, waiting.get(this));
    },
);
patch(
  encoders,
  'finish',
  (original) =>
    function (descriptor) {
      const timed = waiting.get(this);
      if (timed?.dispatches.length > 0) {
        const size = 16 * timed.dispatches.length;
        const resolved = timed.device.createBuffer({
          size,
          usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
        });
        const read = timed.device.createBuffer({
          size,
          usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
        });
        this.resolveQuerySet(timed.set, 0, 2 * timed.dispatches.length, resolved, 0);
        this.copyBufferToBuffer(resolved, 0, read, 0, size);
        pending.push({ ...timed, read });
      }
      return original.call(this, descriptor);
    },
);

async function collect() {
  while (pending.length > 0) {
    const { dispatches, read, set } = pending.shift();
    await read.mapAsync(GPUMapMode.READ);
    const stamps = new BigUint64Array(read.getMappedRange());
    dispatches.forEach((dispatch, index) => {
      finished.push({ ...dispatch, nanoseconds: Number(stamps[2 * index + 1] - stamps[2 * index]) });
    });
    read.destroy();
    set.destroy();
  }
}

/**
 * Runs `work` with every dispatch timed; null where the adapter has no time stamps.
 *
 * @param {() => Promise<unknown>} work
 */
export async function measureKernels(work) {
  if (!available) return null;
  wanted = true;
  try {
    await work();
  } finally {
    wanted = false;
  }
  await collect();
  return finished.splice(0);
}
