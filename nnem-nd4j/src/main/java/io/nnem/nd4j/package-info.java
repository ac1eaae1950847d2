/**
 * The fast back end: ND4J's matrices, multiplied by OpenBLAS on their memory directly, and fused
 * loops for the rest. ND4J's own operations cost tens of microseconds each, whatever their size, so
 * none of them is on the way of a training step.
 */
package io.nnem.nd4j;
