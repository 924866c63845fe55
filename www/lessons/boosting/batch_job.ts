/** A batch transform as the lab takes it and answers it: src/lessons/boosting/lab/looks/batch.rs and batch/hooks.rs. */

/** The four functions of the container, as far as they can be changed. */
export interface Hooks {
  model_file: string;
  separator: ',' | ';' | '\t';
  drops_last_line: boolean;
  /** Rounds that are used; all of them where it is 0. */
  num_iteration: number;
  answer: 'probability' | 'raw_score' | 'label';
  threshold: number;
  form: 'lines' | 'one_line';
  decimals: number | null;
}

/** The set-up of a job, with SageMaker's names. */
export interface Job extends Hooks {
  split_type: 'Line' | 'None';
  strategy: 'MultiRecord' | 'SingleRecord';
  /** Megabytes. */
  max_payload: number;
  max_concurrent_transforms: number;
  join_source: 'Input' | 'None';
  input_filter: string;
  output_filter: string;
  assemble_with: 'Line' | 'None';
  ends_with_line: boolean;
}

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

/** What some of a job's requests bring. */
export interface JobPart {
  records: number;
  file_bytes: number;
  /** Why it failed, and at which record. */
  failed: string | null;
  record?: number;
  /** The first of them. */
  requests: { bytes: number; records: number; answers: number }[];
  request_count?: number;
  waves?: number;
  done_records?: number;
  lines?: number;
  lost?: number;
  /** The request to go on with; null at the end. */
  next?: number | null;
  output?: string;
}

/** Parts put together. */
export interface Outcome extends JobPart {
  done_records: number;
  lines: number;
  lost: number;
  output: string;
}

/** What a job has brought so far, with one more part. */
export function together(before: Outcome | null, part: JobPart): Outcome {
  const { requests = [], done_records = 0, lines = 0, lost = 0, output = '' } = before ?? {};
  return {
    ...part,
    requests: [...requests, ...part.requests],
    done_records: done_records + (part.done_records ?? 0),
    lines: lines + (part.lines ?? 0),
    lost: lost + (part.lost ?? 0),
    output: output + (part.output ?? ''),
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
