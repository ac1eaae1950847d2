/**
 * MNIST itself: the four files, gzipped, their licence note, and the class that loads them and
 * verifies their check sums. Not exported; use {@code io.nnem.datasets.Datasets.mnist()}.
 */
package io.nnem.datasets.mnist;
