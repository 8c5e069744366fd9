import { describe, expect, test } from 'vitest';
import { classicFeatures } from '@/lib/builders/classic/features';
import { imageSources } from './bases';
import { sourceOf, takenBy } from './copied';
import { expander, findStage, lineage, readPlan, stageAt, valuesAt } from './stages';
import type { Given } from './variables';

/** The variables at the end of the last stage. */
const values = (text: string, given: Given = {}) => {
  const plan = readPlan(text, given);
  return Object.fromEntries(valuesAt(plan, plan.stages.at(-1)!).all);
};

describe('variables of a stage', () => {
  test.each<[string, string, Record<string, string>]>([
    ['an ARG without a value is none', 'FROM a\nARG A', {}],
    ['an ARG in front of FROM is none of the stage', 'ARG A=1\nFROM a', {}],
    ['until the stage names it', 'ARG A=1\nFROM a\nARG A', { A: '1' }],
    ['its own default counts more', 'ARG A=1\nFROM a\nARG A=2', { A: '2' }],
    ['values see what was before', 'FROM a\nARG A=1 B=$A\nENV C=${B}x', { A: '1', B: '1', C: '1x' }],
    ['those of one ENV do not see each other', 'FROM a\nENV A=1\nENV A=2 B=$A', { A: '2', B: '1' }],
    ['quotes are taken off', 'FROM a\nENV A="x $B" B=\'$A\'', { A: 'x ', B: '$A' }],
    ['the old form takes all of the line', 'FROM a\nENV A b c', { A: 'b c' }],
    ['a stage goes on with those of its parent', 'FROM a AS b\nARG A=1\nENV B=2\nFROM b', { A: '1', B: '2' }],
    ['an ENV of the parent comes back', 'FROM a AS b\nENV A=1\nARG A=2\nFROM b', { A: '1' }],
    ['what ONBUILD says is done by the child', 'FROM a AS b\nONBUILD ENV A=1\nFROM b', { A: '1' }],
    ['and not by the stage itself', 'FROM a\nONBUILD ENV A=1', {}],
  ])('%s', (_, text, expected) => expect(values(text)).toEqual(expected));

  test('build arguments override defaults if an ARG declares them', () => {
    const given = { buildArgs: { A: '9', B: '9' } };
    expect(values('ARG B=1\nFROM a\nARG A=1\nARG B\nENV C=$A', given)).toEqual({ A: '9', B: '9', C: '9' });
    expect(values('FROM a\nENV A=1', given)).toEqual({ A: '1' });
  });
  test('of an ENV and an ARG the last counts with BuildKit, the ENV with the classic builder', () => {
    const text = 'FROM a\nENV A=1\nARG A=2';
    expect(values(text)).toEqual({ A: '2' });
    expect(values(text, { dialect: classicFeatures.dialect })).toEqual({ A: '1' });
  });
  test('the classic builder ends ARGs with their stage', () => {
    expect(values('FROM a AS b\nARG A=1\nENV B=2\nFROM b', { dialect: classicFeatures.dialect })).toEqual({
      B: '2',
    });
  });
  test('a platform has to be named, and only BuildKit sets one', () => {
    const given = { buildPlatform: 'linux/amd64', targetPlatform: 'linux/arm/v6' };
    const text = 'FROM a\nARG TARGETPLATFORM\nARG TARGETVARIANT\nARG BUILDARCH';
    expect(values(text, given)).toEqual({
      TARGETPLATFORM: 'linux/arm/v6',
      TARGETVARIANT: 'v6',
      BUILDARCH: 'amd64',
    });
    expect(values('FROM a', given)).toEqual({});
    expect(values(text, { ...given, dialect: classicFeatures.dialect })).toEqual({});
    expect(values(text, { ...given, buildArgs: { BUILDARCH: 'x' } })).toMatchObject({ BUILDARCH: 'x' });
  });
  test('words are expanded at the instruction', () => {
    const plan = readPlan('FROM a\nENV A=1\nCOPY $A "$A b" c\nENV A=2\n');
    const [stage] = plan.stages;
    const copy = stage!.instructions[2]!;
    expect(copy.words.map(({ text }) => expander(plan, stage!, copy)(text))[0]).toBe('1');
  });
  test('values that double with each line end', () => {
    const text = `ARG A=x\n${'ARG A=$A$A\n'.repeat(2000)}FROM a:\${A}\n`;
    expect(readPlan(text).stages[0]!.base.text).toBeNull();
  });
});

describe('stages', () => {
  test('have their names in lower case, and as they are written', () => {
    const { stages } = readPlan('FROM a AS Build\nFROM build\nFROM Build\n');
    expect(stages.map(({ name, label, parent }) => [name, label, parent?.index])).toEqual([
      ['build', 'Build', undefined],
      [null, null, 0],
      [null, null, undefined],
    ]);
    // BuildKit searches “Build” among names in lower case, and then takes it for an image.
    expect(
      readPlan('FROM a AS Build\nFROM Build\n', { dialect: classicFeatures.dialect }).stages[1]!.parent
        ?.index,
    ).toBe(0);
  });
  test('a number in FROM is an image', () => {
    expect(imageSources(readPlan('FROM a\nFROM 0\n')).map(({ reference }) => reference)).toEqual(['a', '0']);
  });
  test('of two with one name the last before counts', () => {
    const plan = readPlan('FROM a AS x\nFROM b AS x\nFROM x\nFROM c AS x\n');
    expect(plan.stages[2]!.parent?.index).toBe(1);
    expect(findStage(plan, 'X', 2)?.index).toBe(1);
    expect(stageAt(plan, 3)?.index).toBe(2);
  });
  test('what is shipped leads to the target', () => {
    const text = 'FROM a AS b\nFROM b AS c\nFROM d\n';
    const shipped = (target?: string) => readPlan(text, { target }).stages.map((stage) => stage.shipped);
    expect(shipped()).toEqual([false, false, true]);
    expect(shipped('C')).toEqual([true, true, false]);
  });
  test('a stage includes the instructions of its parents and their ONBUILD triggers', () => {
    const { stages } = readPlan('FROM a AS b\nONBUILD RUN x\nRUN y\nFROM b\nRUN z\n');
    expect(lineage(stages[1]!).map(({ keyword, body }) => `${keyword} ${body}`)).toEqual([
      'FROM a AS b',
      'ONBUILD RUN x',
      'RUN y',
      'RUN x',
      'RUN z',
    ]);
  });
  test('TARGETSTAGE is the target, or the last', () => {
    const base = (text: string, given: Given = {}) => readPlan(text, given).stages[0]!.base.text;
    expect(base('FROM a-$TARGETSTAGE\nFROM b AS Last\n')).toBe('a-last');
    expect(base('FROM a-$TARGETSTAGE AS x\nFROM b\n', { target: 'x' })).toBe('a-x');
    expect(base('FROM a-$TARGETSTAGE\n')).toBe('a-default');
  });
});

describe('inputs of instructions', () => {
  /** For the last instruction: numbers of stages, names of images, null if refused. */
  const sources = (instruction: string) => {
    const plan = readPlan(`FROM a AS one\nFROM b AS Two\nFROM c\n${instruction}\nFROM d AS later\n`);
    const stage = plan.stages[2]!;
    return takenBy(stage.instructions[1]!, (text) => text).from.map((from) => {
      const source = sourceOf(plan, stage, from);
      return source && ('stage' in source ? source.stage.index : source.image);
    });
  };
  test.each<[string, (number | string | null)[]]>([
    ['COPY --from=one x y', [0]],
    ['COPY --from=TWO x y', [1]],
    ['COPY --from=1 x y', [1]],
    ['COPY --from=2 x y', [null]],
    ['COPY --from=7 x y', [null]],
    ['COPY --from=later x y', ['later']],
    ['COPY --from=nginx:1 x y', ['nginx:1']],
    ['COPY --from="one" x y', [0]],
    ['COPY --from=$ONE x y', [null]],
    ['COPY --from=scratch x y', [null]],
    ['COPY --chown=1:1 --from=one --link x y', [0]],
    ['ADD --from=one x y', []],
    ['RUN --mount=from=one,target=/x y', [0]],
    ['RUN --mount=type=cache,FROM=two,target=/x --mount=type=bind,from=i:1 y', [1, 'i:1']],
    // A mount does not accept numbers.
    ['RUN --mount=from=0,target=/x y', ['0']],
    ['RUN --mount=type=secret,id=x y', []],
    ['RUN echo --mount=from=one', []],
    ['ONBUILD COPY --from=one x y', []],
  ])('%s', (instruction, expected) => expect(sources(instruction)).toEqual(expected));

  test('an image behind ONBUILD counts where a stage is built on it', () => {
    const references = (text: string) => imageSources(readPlan(text)).map(({ reference }) => reference);
    expect(references('FROM a AS b\nONBUILD COPY --from=c x y\n')).toEqual(['a']);
    expect(references('FROM a AS b\nONBUILD COPY --from=c x y\nFROM b\n')).toEqual(['a', 'c']);
  });
  test('BUILDKIT_SYNTAX has precedence over the line, and the classic builder uses neither', () => {
    const frontend = (given: Given) => imageSources(readPlan('# syntax=a:1\nFROM scratch\n', given));
    expect(frontend({})).toMatchObject([{ reference: 'a:1', use: 'frontend' }]);
    expect(frontend({ buildArgs: { BUILDKIT_SYNTAX: 'b:1' } })).toMatchObject([{ reference: 'b:1' }]);
    expect(frontend({ dialect: classicFeatures.dialect })).toEqual([]);
  });
});
