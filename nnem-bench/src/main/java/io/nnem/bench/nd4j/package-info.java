/**
 * Plain ND4J, as its documentation would have one write it: {@code mmul}, {@code addiRowVector},
 * {@code Transforms}, its own updater, and no workspace tricks. It has no autograd on INDArrays, so
 * the backward pass is by hand.
 */
package io.nnem.bench.nd4j;
