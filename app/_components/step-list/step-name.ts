interface StepName {
  /** `build`, `linux/arm64 build`: in builds with several stages or platforms. */
  stage?: string;
  /** `2/7` */
  place?: string;
  /** `RUN` */
  keyword?: string;
  /** The text after the keyword, or all of it without one. */
  text: string;
}

/** With ten or more steps, BuildKit pads numbers: `[ 2/10]`. */
const bracket = /^\[\s*(?:([^\]\d][^\]]*?)\s+)?(\d+\/\d+)\]\s*/;
const classic = /^Step (\d+\/\d+) : /;
const instruction = /^([A-Z]{2,12})\s+(?=\S)/;

/**
 * Parses a step's name: `[stage 2/7] RUN …` and `[internal] load …` of BuildKit, `Step 2/7 : RUN …` of the classic
 * builder. Other names stay whole.
 */
export function parseStepName(name: string): StepName {
  const parsed: StepName = { text: name };
  const inBrackets = bracket.exec(name);
  const inWords = inBrackets ? null : classic.exec(name);
  if (inBrackets) {
    if (inBrackets[1]) parsed.stage = inBrackets[1];
    parsed.place = inBrackets[2];
    parsed.text = name.slice(inBrackets[0].length);
  } else if (inWords) {
    parsed.place = inWords[1];
    parsed.text = name.slice(inWords[0].length);
  } else if (name.startsWith('[internal] ')) parsed.text = name.slice('[internal] '.length);
  const keyword = parsed.place ? instruction.exec(parsed.text) : null;
  if (keyword) {
    parsed.keyword = keyword[1];
    parsed.text = parsed.text.slice(keyword[0].length);
  }
  return parsed;
}
