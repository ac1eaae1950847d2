/**
 * JMH benchmarks of single operations. Each first sees that it computes what the reference back end
 * computes.
 */
package io.nnem.bench.jmh;
