/**
 * PyTorch through DJL: autograd, DJL's own native Adam, {@code linear} for layers. The native code
 * is on the class path only if the Maven profile {@code bench} put it there.
 */
package io.nnem.bench.torch;
