/**
 * A sweep: one configuration with some of its keys varied, by a grid, by drawing, or by successive
 * halving. What is trained is each condition with the varied keys as settings of its own.
 */
package io.nnem.experiments.sweep;
