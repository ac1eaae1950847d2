/**
 * What the numbers of a run say: means with 95% intervals, paired differences between conditions,
 * and learning curves. Pure functions; every report and every file takes its numbers from here.
 */
package io.nnem.experiments.stats;
