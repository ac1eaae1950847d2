/** Means with their 95% intervals, paired differences and rank correlations. */
package io.nnem.report.stats;
