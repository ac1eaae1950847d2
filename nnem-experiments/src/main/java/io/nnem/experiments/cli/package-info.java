/** The sub-commands of {@code nnem} that are no experiments, and how errors reach the user. */
package io.nnem.experiments.cli;
