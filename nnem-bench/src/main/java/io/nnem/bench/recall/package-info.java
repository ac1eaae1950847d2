/**
 * What recalling the nearest memories by partitions costs, beside meeting all of them: programs to
 * run by hand, whose tables are in docs/performance.md.
 */
package io.nnem.bench.recall;
