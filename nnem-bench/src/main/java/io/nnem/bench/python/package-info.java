/**
 * PyTorch from Python, as a distribution packages it: a process that is kept alive and told over
 * its standard input what to do. Used where {@code python3} has {@code torch}.
 */
package io.nnem.bench.python;
