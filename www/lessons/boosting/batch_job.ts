/** A batch transform: how it is set up, and what its requests bring together (src/lessons/boosting/looks/batch). */

import type { BatchOptions, BatchOutcome } from '../../generated/boosting.js';

/** Which file the job runs over, and how far it goes at once: of each request, not of the job. */
type OfRequest = 'file' | 'source' | 'name' | 'text' | 'from_request' | 'most_records';

/** The set-up of a job, with SageMaker's names, and the four functions of the container. */
export type Job = Required<Omit<BatchOptions, OfRequest>>;

/** The four functions of the container, as far as they can be changed. */
export type Hooks = Pick<
  Job,
  | 'model_file'
  | 'separator'
  | 'drops_last_line'
  | 'num_iteration'
  | 'answer'
  | 'threshold'
  | 'form'
  | 'decimals'
>;

/** The document's job. */
export const DOCUMENT: Job = {
  split_type: 'Line',
  strategy: 'MultiRecord',
  max_payload: 10,
  max_concurrent_transforms: 1,
  join_source: 'Input',
  input_filter: '$',
  output_filter: '$[0,-1]',
  assemble_with: 'Line',
  ends_with_line: true,
  model_file: 'model.txt',
  separator: ',',
  drops_last_line: true,
  num_iteration: 0,
  answer: 'probability',
  threshold: 0.5,
  form: 'lines',
  decimals: null,
};

/** What a job has brought so far, with one more part. */
export function together(before: BatchOutcome | null, part: BatchOutcome): BatchOutcome {
  if (!before) return part;
  return {
    ...part,
    requests: [...before.requests, ...part.requests],
    done_records: before.done_records + part.done_records,
    lines: before.lines + part.lines,
    lost: before.lost + part.lost,
    output: before.output + part.output,
  };
}

/** How many different texts stand before the last comma of the lines: what tells whom a score belongs to. */
export function differentHeads(output: string): number {
  const heads = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(0, Math.max(0, line.lastIndexOf(','))));
  return new Set(heads).size;
}

/** The four functions in Python, as these choices make them. */
export function hookCode(hooks: Hooks): { [hook: string]: string } {
  const rounds = hooks.num_iteration > 0 ? `, num_iteration=${hooks.num_iteration}` : '';
  const score = hooks.answer === 'raw_score' ? ', raw_score=True' : '';
  const predicted = `model.predict(rows${score}${rounds})`;
  const shown = hooks.decimals === null ? 'str(answer)' : `f"{answer:.${hooks.decimals}f}"`;
  return {
    model_fn: `def model_fn(model_dir):
    return lgb.Booster(model_file=f"{model_dir}/${hooks.model_file}")`,
    input_fn: `def input_fn(body, content_type):
    lines = ${hooks.drops_last_line ? 'body.split("\\n")[:-1]' : 'body.removesuffix("\\n").split("\\n")'}
    return features([line.split(${JSON.stringify(hooks.separator)}) for line in lines])`,
    predict_fn:
      hooks.answer === 'label'
        ? `def predict_fn(rows, model):
    answers = ${predicted}
    return [CLASSES[answer > ${hooks.threshold}] for answer in answers]`
        : `def predict_fn(rows, model):
    return ${predicted}`,
    output_fn: `def output_fn(answers, accept):
    return "${hooks.form === 'lines' ? '\\n' : ','}".join(${shown} for answer in answers)`,
  };
}
