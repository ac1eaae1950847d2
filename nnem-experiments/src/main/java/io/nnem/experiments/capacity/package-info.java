/**
 * Accuracy against capacity: the same conditions with memories of several sizes. What is trained is
 * each condition with {@code +capacity=N} laid over it; what comes out is put in rows, means and
 * paired differences here.
 */
package io.nnem.experiments.capacity;
