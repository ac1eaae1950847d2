/**
 * Trials and how they are run: a {@link io.nnem.experiments.run.TrialRunner} trains one condition
 * with one seed, and {@link io.nnem.experiments.run.Trials} runs all of them on a few threads.
 *
 * <p>Nothing here draws; a {@link io.nnem.experiments.run.TrialEvent} is told what happens, and
 * {@link io.nnem.experiments.run.Journal} keeps what is finished.
 */
package io.nnem.experiments.run;
