import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowAsTable, withAnswers } from './csv_answers.js';

void test('answers stand behind the rows they are of, and nothing else changes', () => {
  const text = 'a,"b, c"\r\n1,"x\ny"\r\n\r\n2,"5"" pipe"\r\n3,z';
  assert.equal(
    withAnswers(text, [1, 2, 5, 6], ['probability'], [['0.5'], ['0.25'], ['1']]),
    'a,"b, c",probability\r\n1,"x\ny",0.5\r\n\r\n2,"5"" pipe",0.25\r\n3,z,1',
  );
});

void test('the delimiter is that of the header, and a name that is taken gets a number', () => {
  assert.equal(
    withAnswers('class;x\n1,5;2\n', [1, 2], ['class', 'probability'], [['no; or yes', '0.5']]),
    'class;x;class_2;probability\n1,5;2;"no; or yes";0.5\n',
  );
  assert.equal(
    withAnswers('x\n5" pipe\n7\n', [1, 2, 3], ['value'], [['1'], ['2']]),
    'x,value\n5" pipe,1\n7,2\n',
  );
  assert.equal(withAnswers('sep=;\na;b\n1;2\n', [2, 3], ['value'], [['3']]), 'sep=;\na;b;value\n1;2;3\n');
});

void test('one row is a table whose cells may hold anything', () => {
  assert.equal(
    rowAsTable([
      ['a', '1'],
      ['b "c"', ''],
    ]),
    '"a","b ""c"""\n"1",""\n',
  );
});
