"""The evaluation: a judgement of the plan's effectiveness at one point, by each of its evaluators."""
