-- generations(projection) --
-- Those with plain text beside their rows.
SELECT p.generation
  FROM es.projection p
 WHERE p.projection = $1 AND to_regclass(format('rm.%I', p.projection || '_g' || p.generation || '_text')) IS NOT NULL
 ORDER BY p.generation
