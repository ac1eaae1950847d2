/**
 * The sub-commands of {@code nnem}: what they are called, which options they have, and how a run
 * goes from a call to a folder.
 */
package io.nnem.experiments.cli;
