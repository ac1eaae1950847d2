/**
 * The files of a durable network: a journal of calls, checkpoints, and the lock of their folder.
 * What is in a call, and what a checkpoint is of, is nobody's business here.
 */
package io.nnem.learners.journal;
