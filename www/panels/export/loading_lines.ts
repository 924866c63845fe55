/** Lines of Python that load a file of weights: its tensors by name, and what it says of the model. */
export function loadingLines(file: string): string {
  return [
    'import json, safetensors',
    `file = safetensors.safe_open(${JSON.stringify(file)}, framework="numpy")`,
    'weights, about = {name: file.get_tensor(name) for name in file.keys()}, json.loads(file.metadata()["emberbook"])',
  ].join('\n');
}
